// The map's marks and names as pictures made here: no glyph server is asked. A picture's id says all that is on it.

const RATIO = 2; // picture points for each of the page's
const LARGEST = 26;
const LEAST = { exact: 5, town: 5, district: 9, province: 14, region: 20, country: 18, cluster: 13 };
const SHARP = ["exact", "town"];
const SQUARE = ["region", "country"];
const SMALLEST_NUMBERED = 8; // a smaller mark has no room for its number

export const FAMILIES = ["force", "control", "posture", "persons", "harm", "support", "diplomacy", "relief", "other"];

export function coloursOf(element) {
  const style = getComputedStyle(element);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const families = Object.fromEntries(FAMILIES.map((family) => [family, of(family)]));
  return { ink: of("ink"), faint: of("ink-2"), line: of("line-2"), land: of("raised"), sea: of("sea"), families, font: of("sans") };
}

// As the server's marks: an area grows with its events from a size that says how sharply the place is known.
export function radiusOf(kind, events) {
  return Math.min(LARGEST, Math.round(LEAST[kind] + 2.2 * Math.sqrt(events - 1)));
}

export function pictureOf(id, colours) {
  const [kind, ...words] = id.split("|");
  if (kind === "name") return nameOf(words.join("|"), `600 12px ${colours.font}`, colours.ink, colours);
  if (kind === "land") return nameOf(words.join("|"), `400 12px ${colours.font}`, colours.faint, colours);
  return markOf(kind, words[0], Number(words[1]), colours);
}

function markOf(kind, family, events, colours) {
  const radius = radiusOf(kind, events);
  const colour = colours.families[family] ?? colours.faint;
  const middle = radius + 4;
  return drawn(2 * middle, 2 * middle, (pen) => {
    const solid = SHARP.includes(kind) || kind === "cluster";
    if (kind === "cluster") ring(pen, middle, radius + 2.5, colour);
    outline(pen, kind, middle, radius);
    pen.globalAlpha = solid ? 0.92 : 0.16;
    pen.fillStyle = colour;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 1.6;
    pen.strokeStyle = solid ? colours.land : colour;
    if (!solid && kind !== "district") pen.setLineDash([4, 3]);
    pen.stroke();
    if (events > 1 && radius >= SMALLEST_NUMBERED) {
      pen.font = `600 13px ${colours.font}`;
      pen.fillStyle = solid ? colours.land : colours.ink;
      pen.fillText(events.toLocaleString("en"), middle, middle + 0.5);
    }
  });
}

function outline(pen, kind, middle, radius) {
  pen.beginPath();
  if (SQUARE.includes(kind)) pen.roundRect(middle - radius, middle - radius, 2 * radius, 2 * radius, 4);
  else pen.arc(middle, middle, radius, 0, 2 * Math.PI);
}

function ring(pen, middle, radius, colour) {
  pen.beginPath();
  pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  pen.lineWidth = 1;
  pen.strokeStyle = colour;
  pen.stroke();
}

function nameOf(words, font, colour, colours) {
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = font;
  const width = Math.ceil(ruler.measureText(words).width) + 8;
  return drawn(width, 18, (pen) => {
    pen.font = font;
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = colours.land;
    pen.strokeText(words, width / 2, 9);
    pen.fillStyle = colour;
    pen.fillText(words, width / 2, 9);
  });
}

function drawn(width, height, draw) {
  const canvas = Object.assign(document.createElement("canvas"), { width: width * RATIO, height: height * RATIO });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(RATIO, RATIO);
  Object.assign(pen, { textAlign: "center", textBaseline: "middle" });
  draw(pen);
  return { data: pen.getImageData(0, 0, canvas.width, canvas.height), options: { pixelRatio: RATIO } };
}
