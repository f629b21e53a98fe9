// The map of events: drawn by MapLibre GL where the browser has WebGL; else the server's drawing stays as it is.
// Both show the same places; what is under the map (moves, borders, the list of places) serves both.
import { cardFor } from "./map-card.js";
import { collection, groundOf } from "./map-ground.js";
import { coloursOf, pictureOf } from "./map-marks.js";
import { MARKS, rankOf, styleOf } from "./map-style.js";

const TILE = 512; // units of the page that the world is wide at zoom 0
const NEAREST = 11; // zoom: the shapes show no more
const NEAR = 6; // zoom at which one place is shown
const SHARP = ["exact", "town"];
const dark = matchMedia("(prefers-color-scheme: dark)");

let shown = null;
let starting = null;

document.addEventListener("htmx:afterSwap", () => show());
dark.addEventListener("change", () => shown?.restyle());
show();

async function show() {
  const figure = document.querySelector("figure.map[data-events]");
  if (shown && !figure) shown.leave();
  if (!figure) return;
  if (shown) await shown.adopt(figure);
  else if (!starting && hasWebGL()) {
    starting = start(figure).finally(() => (starting = null));
    await starting;
    if (!figure.isConnected) await show();
  }
}

function hasWebGL() {
  if (!window.WebGL2RenderingContext) return false;
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

async function start(figure) {
  const { engine, worker, world } = figure.dataset;
  const [{ Map, setWorkerUrl }, ground] = await Promise.all([import(engine), fetched(world).then(groundOf)]);
  setWorkerUrl(new URL(worker, location.href).href);
  shown = new Shown(Map, figure, ground);
  await shown.adopt(figure);
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

class Shown {
  constructor(Map, figure, ground) {
    this.Map = Map;
    this.ground = ground;
    this.holder = figure.querySelector(".webmap");
    this.map = null;
  }

  // Takes the place of the server's drawing in a page, or in the part of one that came anew.
  async adopt(figure) {
    this.figure = figure;
    this.places = placesOf(await fetched(figure.dataset.events));
    if (this.figure !== figure) return;
    const fresh = figure.querySelector(".webmap");
    if (fresh !== this.holder) fresh.replaceWith(this.holder);
    this.holder.hidden = false;
    figure.querySelector(".drawn-map").hidden = true;
    const told = figure.querySelector(".drawn-map svg").getAttribute("aria-label");
    if (this.map) {
      this.restyle();
      this.look(figure.dataset.view);
    } else {
      this.map = this.made();
    }
    this.tellOutside();
    this.map.getCanvas().setAttribute("aria-label", `${told}. Arrow keys move it, plus and minus change its scale.`);
    this.card = cardFor(this.holder);
    for (const button of document.querySelectorAll(".show-place")) button.hidden = false;
  }

  made() {
    const map = new this.Map({
      container: this.holder,
      style: this.style(),
      ...this.camera(this.figure.dataset.view),
      maxZoom: NEAREST,
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: 0,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.setMissingStyleImageResolver((id) => this.addPicture(id));
    map.on("click", (event) => this.click(event.point));
    map.on("mousemove", ({ point }) => (map.getCanvas().style.cursor = this.marksAt(point).length ? "pointer" : ""));
    map.on("moveend", () => this.moved());
    map.on("idle", () => this.told());
    return map;
  }

  leave() {
    this.map.remove();
    shown = null;
  }

  style() {
    const { solid, dashed, borders } = this.figure.dataset;
    const drawn = { solid: solid.split(" "), dashed: dashed.split(" "), plain: borders !== "none" };
    this.colours = coloursOf(this.figure);
    return styleOf(this.ground, this.places, drawn, this.colours);
  }

  restyle() {
    this.map.setStyle(this.style(), { diff: false });
  }

  addPicture(id) {
    if (this.map.hasImage(id)) return;
    const { data, options } = pictureOf(id, this.colours);
    this.map.addImage(id, data, options);
  }

  // Of latitude, longitude and width in degrees, as the address has them.
  camera(view) {
    const [lat, lon, width] = view.split(",").map(Number);
    return { center: [lon, lat], zoom: Math.log2((this.holder.clientWidth * 360) / (TILE * width)) };
  }

  look(view) {
    this.map.jumpTo(this.camera(view));
  }

  view() {
    const { lat, lng } = this.map.getCenter();
    const width = (this.holder.clientWidth * 360) / (TILE * 2 ** this.map.getZoom());
    return [lat, lng, Math.min(360, width)].map((value) => Number(value.toFixed(3))).join(",");
  }

  moved() {
    const view = this.view();
    const address = new URL(location.href);
    if (address.searchParams.get("view") !== view) {
      address.searchParams.set("view", view);
      history.replaceState(history.state, "", address);
    }
    for (const input of this.figure.querySelectorAll("input[name=view]")) input.value = view;
    this.tellOutside();
  }

  tellOutside() {
    const outside = this.figure.querySelector(".outside");
    const bounds = this.map.getBounds();
    const off = this.places.all.filter(({ geometry }) => !bounds.contains(geometry.coordinates));
    const count = off.reduce((sum, { properties }) => sum + properties.events, 0);
    outside.textContent = count ? `${count.toLocaleString("en")} event${count === 1 ? " lies" : "s lie"} outside of this view.` : "";
  }

  // How many marks can be seen, for whoever looks at the page from outside.
  told() {
    const seen = this.map.queryRenderedFeatures({ layers: MARKS });
    Object.assign(this.figure.dataset, { drawn: "webgl", marks: seen.length });
  }

  marksAt(point) {
    return this.map.isStyleLoaded() ? this.map.queryRenderedFeatures(point, { layers: MARKS }) : [];
  }

  async click(point) {
    const found = this.marksAt(point);
    const cluster = found.find(({ properties }) => properties.cluster);
    if (cluster) {
      const zoom = await this.map.getSource("spots").getClusterExpansionZoom(cluster.properties.cluster_id);
      this.map.easeTo({ center: cluster.geometry.coordinates, zoom: Math.min(zoom, NEAREST) });
    } else {
      this.card.tell(found.map(({ properties }) => properties));
    }
  }

  showPlace(key) {
    const place = this.places.all.find(({ properties }) => properties.key === key);
    if (!place) return;
    this.map.jumpTo({ center: place.geometry.coordinates, zoom: Math.max(NEAR, this.map.getZoom()) });
    this.card.tell([place.properties]);
    this.holder.scrollIntoView({ block: "nearest" });
    this.map.getCanvas().focus({ preventScroll: true });
  }

  move(way) {
    const [wide, high] = [this.holder.clientWidth * 0.4, this.holder.clientHeight * 0.4];
    const pans = { north: [0, -high], south: [0, high], west: [-wide, 0], east: [wide, 0] };
    if (way in pans) this.map.panBy(pans[way]);
    else if (way === "closer") this.map.zoomIn();
    else if (way === "wider") this.map.zoomOut();
    else this.look(way === "world" ? this.figure.dataset.whole : this.figure.dataset.fitting);
  }
}

// The places in two: those known as points, which are put together where they are near each other, and areas.
function placesOf({ features }) {
  for (const { properties } of features) properties.rank = rankOf(properties.family);
  const isSharp = ({ properties }) => SHARP.includes(properties.precision);
  return {
    all: features,
    spots: collection(features.filter(isSharp)),
    areas: collection(features.filter((one) => !isSharp(one))),
  };
}

document.addEventListener("click", (event) => {
  if (!shown?.map) return;
  const move = event.target.closest?.("a[data-move]");
  const place = event.target.closest?.("button.show-place");
  if (move && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    shown.move(move.dataset.move);
  }
  if (place) shown.showPlace(place.dataset.place);
});
