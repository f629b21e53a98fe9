// The shapes of the map, from Natural Earth by way of world-atlas: countries as land with a point for the name of each,
// the lines between them, and apart from those the lines that are disputed, each with the id of its row in
// disputed.json. A row there is either of a line between two countries, by both names and in a box of degrees where only
// a part is disputed, or brings the line that a side claims.
// Degrees are in hundredths, whole numbers, longitude first; each point after the first is the step from the one before.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const LEAST_AREA = 0.003; // square degrees of the triangle by which a point stands out: smaller ones are left out
const SMALLEST_RING = 4; // points
const SMALLEST_NAMED = 0.2; // square degrees
const FIELD = "FCLASS_"; // Natural Earth's name for how a line is drawn, with the code of the side that draws it so

export async function world() {
  const atlas = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const { sides, rows } = JSON.parse(await readFile(new URL("./disputed.json", import.meta.url)));
  const shapes = simplify(presimplify(JSON.parse(await readFile(atlas))), LEAST_AREA);
  const countries = feature(shapes, shapes.objects.countries).features;
  const kept = (rings) => rings.map(steps).filter((ring) => ring.length >= 2 * SMALLEST_RING);
  return {
    land: countries.flatMap(({ geometry }) => polygonsOf(geometry)).map(kept).filter((rings) => rings.length),
    names: countries.map(nameOf).filter((one) => one.size >= SMALLEST_NAMED).sort((a, b) => b.size - a.size),
    ...linesOf(shapes, rows),
    sides,
    rows: rows.map(inShort),
  };
}

function polygonsOf(geometry) {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

// The country's name, at the middle of its largest part.
function nameOf({ properties, geometry }) {
  const parts = polygonsOf(geometry).map(([ring]) => middleOf(unbroken(ring))).sort((a, b) => b.size - a.size);
  return { name: properties.name, ...parts[0] };
}

// The ring going on beyond 180 degrees where it crosses the date line.
function unbroken(ring) {
  let turns = 0;
  return ring.map(([lon, lat], at) => {
    const step = at ? lon - ring[at - 1][0] : 0;
    if (Math.abs(step) > 180) turns -= Math.sign(step);
    return [lon + 360 * turns, lat];
  });
}

function middleOf(ring) {
  let [twice, x, y] = [0, 0, 0];
  for (let at = 1; at < ring.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [ring[at - 1], ring[at]];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  const size = Math.round(Math.abs(twice) * 50) / 100;
  return { lon: Math.round((x / twice / 3) * 100) / 100, lat: Math.round((y / twice / 3) * 100) / 100, size };
}

function linesOf(shapes, rows) {
  const { countries } = shapes.objects;
  const found = { borders: [], disputed: rows.filter((row) => row.line).map(({ id, line }) => ({ row: id, line: steps(line) })) };
  const rowsOf = (a, b) => rows.filter((row) => row.between && isBetween(row.between, a.properties.name, b.properties.name));
  const keyOf = (a, b) => rowsOf(a, b).map(({ id }) => id).join();
  const keys = new Set();
  mesh(shapes, countries, (a, b) => a !== b && keys.add(keyOf(a, b)));
  for (const key of keys) {
    const ofPair = rows.filter(({ id }) => key.split(",").includes(id));
    for (const line of mesh(shapes, countries, (a, b) => a !== b && keyOf(a, b) === key).coordinates) {
      for (const { row, points } of runsOf(line, ofPair)) {
        if (row) found.disputed.push({ row: row.id, line: steps(points) });
        else found.borders.push(steps(points));
      }
    }
  }
  return found;
}

function isBetween([one, other], a, b) {
  return (a === one && (other === "*" || b === other)) || (b === one && (other === "*" || a === other));
}

// The line in runs, each of the first row whose box holds it; a row without a box holds what no other does.
function runsOf(line, rows) {
  const runs = [];
  for (let at = 1; at < line.length; at += 1) {
    const row = rows.find(({ box }) => !box || (holds(box, line[at - 1]) && holds(box, line[at])));
    if (runs.length && runs.at(-1).row === row) runs.at(-1).points.push(line[at]);
    else runs.push({ row, points: [line[at - 1], line[at]] });
  }
  return runs;
}

function holds([west, south, east, north], [lon, lat]) {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

// What the desk needs of a row to draw its line: whether it is claimed alone, and its class in the eyes of each side.
function inShort(row) {
  const classes = Object.keys(row).filter((field) => field.startsWith(FIELD)).map((field) => [field.slice(FIELD.length), row[field]]);
  return { id: row.id, area: row.area, claimed: Boolean(row.line), classes: Object.fromEntries(classes) };
}

function steps(points) {
  const found = [];
  let [x, y] = [0, 0];
  for (const [lon, lat] of points) {
    const [nextX, nextY] = [Math.round(lon * 100), Math.round(lat * 100)];
    if (found.length && nextX === x && nextY === y) continue;
    found.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return found;
}
