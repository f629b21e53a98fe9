// The map's layers: land, borders, names, and the events' marks over them, in the page's colours.
import { FAMILIES, radiusOf } from "./map-marks.js";

const MOST_CLUSTERED = 8; // zoom: nearer than that every place stands for itself
const CLUSTER_WITHIN = 34; // units of the page
export const MARKS = ["areas", "spots", "clusters"];

export function styleOf(ground, places, borders, colours) {
  return {
    version: 8,
    sources: {
      land: geojson(ground.land),
      lines: geojson(ground.lines),
      names: geojson(ground.names),
      areas: geojson(places.areas),
      spots: { ...geojson(places.spots), ...clustering() },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land, "fill-outline-color": colours.land } },
      ...borderLayers(borders, colours),
      countryNames(borders),
      placeNames("area-names", "areas", true),
      placeNames("spot-names", "spots", ["!", ["has", "point_count"]]),
      marks("areas", "areas", ["concat", ["get", "precision"], "|", ["get", "family"], "|", ["get", "events"]]),
      marks("spots", "spots", ["concat", ["get", "precision"], "|", ["get", "family"], "|", ["get", "events"]], ["!", ["has", "point_count"]]),
      marks("clusters", "spots", ["concat", "cluster|", familyOfCluster(), "|", ["get", "events"]], ["has", "point_count"]),
    ],
  };
}

function geojson(data) {
  return { type: "geojson", data };
}

// A cluster counts its events; it has the colour of a family where the first and the last family in it are the same.
function clustering() {
  const clusterProperties = { events: ["+", ["get", "events"]], first: ["min", ["get", "rank"]], last: ["max", ["get", "rank"]] };
  return { cluster: true, clusterMaxZoom: MOST_CLUSTERED, clusterRadius: CLUSTER_WITHIN, clusterProperties };
}

export function rankOf(family) {
  return FAMILIES.indexOf(family);
}

function familyOfCluster() {
  const names = FAMILIES.flatMap((family, rank) => [rank, family]);
  return ["case", ["==", ["get", "first"], ["get", "last"]], ["match", ["get", "first"], ...names, ""], ""];
}

function borderLayers({ solid, dashed, plain }, colours) {
  const paint = { "line-color": colours.line, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.6, 7, 1.4] };
  const drawn = plain ? ["", ...solid] : [];
  return [
    { id: "borders", type: "line", source: "lines", filter: ["in", ["get", "row"], ["literal", drawn]], paint },
    {
      id: "disputed",
      type: "line",
      source: "lines",
      filter: ["in", ["get", "row"], ["literal", dashed]],
      paint: { ...paint, "line-dasharray": [4, 3] },
    },
  ];
}

function countryNames({ plain }) {
  return {
    id: "country-names",
    type: "symbol",
    source: "names",
    minzoom: 1.5,
    filter: plain ? [">=", ["*", ["get", "size"], ["^", 4, ["zoom"]]], 3000] : false,
    layout: { "icon-image": ["concat", "land|", ["get", "name"]], "symbol-sort-key": ["-", 0, ["get", "size"]] },
  };
}

function marks(id, source, picture, filter = true) {
  const layout = { "icon-image": picture, "icon-allow-overlap": true, "symbol-sort-key": ["get", "events"], "icon-padding": 0 };
  return { id, type: "symbol", source, filter, layout };
}

// A place's name stands under its mark and gives way to every mark: the marks' layers lie above and are laid first.
function placeNames(id, source, filter) {
  const under = ["case"];
  for (const precision of ["exact", "town", "district", "province", "region", "country"]) {
    for (const events of [1, 4, 20]) {
      const isSo = ["all", ["==", ["get", "precision"], precision], ["<=", ["get", "events"], events]];
      under.push(isSo, ["literal", [0, radiusOf(precision, events) + 6]]);
    }
  }
  const layout = {
    "icon-image": ["concat", "name|", ["get", "name"]],
    "icon-anchor": "top",
    "icon-offset": [...under, ["literal", [0, 32]]],
    "symbol-sort-key": ["-", 0, ["get", "events"]],
    "icon-padding": 1,
  };
  return { id, type: "symbol", source, filter, layout };
}
