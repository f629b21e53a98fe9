// The ground of the map as GeoJSON: land, borders and names, from the shapes that the server draws from too.

const HALF_TURN = 18_000; // of the globe, in hundredths of a degree

export function groundOf(world) {
  const land = world.land.map((rings) => shape("Polygon", rings.map(pointsOf)));
  const borders = world.borders.map((line) => shape("LineString", pointsOf(line), { row: "" }));
  const disputed = world.disputed.map(({ row, line }) => shape("LineString", pointsOf(line), { row }));
  const names = world.names.map(({ name, lon, lat, size }) => shape("Point", [lon, lat], { name, size }));
  return { land: collection(land), lines: collection([...borders, ...disputed]), names: collection(names) };
}

export function collection(features) {
  return { type: "FeatureCollection", features };
}

function shape(type, coordinates, properties = {}) {
  return { type: "Feature", geometry: { type, coordinates }, properties };
}

// Steps in hundredths of a degree as points; a line that crosses the date line goes on beyond 180.
function pointsOf(steps) {
  const points = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    let step = steps[at];
    if (points.length && Math.abs(step) > HALF_TURN) step -= Math.sign(step) * 2 * HALF_TURN;
    x += step;
    y += steps[at + 1];
    points.push([x / 100, y / 100]);
  }
  return points;
}
