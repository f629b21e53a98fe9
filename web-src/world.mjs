// The shapes of the map, from Natural Earth by way of world-atlas: countries as land, and the lines between them, those
// that are disputed (disputed.json: by both names, in a box of degrees where only a part is) apart from the others.
// Degrees are in hundredths, whole numbers, longitude first; each point after the first is the step from the one before.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const LEAST_AREA = 0.003; // square degrees of the triangle by which a point stands out: smaller ones are left out
const SMALLEST_RING = 4; // points

export async function world() {
  const atlas = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const disputed = JSON.parse(await readFile(new URL("./disputed.json", import.meta.url)));
  const shapes = simplify(presimplify(JSON.parse(await readFile(atlas))), LEAST_AREA);
  const countries = shapes.objects.countries;
  const land = feature(shapes, countries).features.flatMap(({ geometry }) => polygonsOf(geometry)).map((rings) => rings.map(steps));
  const lines = { borders: [], disputed: [] };
  for (const row of [null, ...disputed]) {
    const found = mesh(shapes, countries, (a, b) => a !== b && rowOf(a, b, disputed) === row).coordinates;
    for (const line of found) {
      for (const { inside, points } of parts(line, row)) lines[inside ? "disputed" : "borders"].push(steps(points));
    }
  }
  const kept = (rings) => rings.filter((ring) => ring.length >= 2 * SMALLEST_RING);
  return { land: land.map(kept).filter((rings) => rings.length), ...lines };
}

function polygonsOf(geometry) {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

function rowOf(a, b, disputed) {
  const names = [a.properties.name, b.properties.name];
  return disputed.find(({ between: [one, other] }) =>
    (names[0] === one && (other === "*" || names[1] === other)) || (names[1] === one && (other === "*" || names[0] === other))) ?? null;
}

// The runs of a line that lie inside the row's box, and those that do not; a line of no row is all outside.
function parts(line, row) {
  if (!row || !row.box) return [{ inside: Boolean(row), points: line }];
  const [west, south, east, north] = row.box;
  const holds = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
  const runs = [];
  for (let at = 1; at < line.length; at += 1) {
    const inside = holds(line[at - 1]) && holds(line[at]);
    if (runs.at(-1)?.inside === inside) runs.at(-1).points.push(line[at]);
    else runs.push({ inside, points: [line[at - 1], line[at]] });
  }
  return runs;
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
