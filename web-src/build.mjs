// Bundles the desk's scripts and styles into the folder named on the command line: one file for each entry, the shapes
// of the map, and the licences of what is bundled, their names carrying the hash of their content; and manifest.json,
// which maps the plain names to those.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { notices } from "./notices.mjs";
import { world } from "./world.mjs";

const outdir = process.argv[2];
if (!outdir) {
  console.error("usage: node build.mjs OUTDIR");
  process.exit(2);
}

const WORKER = "./node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"; // a file of its own: the page's policy allows no other
const files = ["desk.js", "reading.js", "reports.js", "review.js", "claim_form.js", "map.js", "maplibre.js", "desk.css", "icon.svg"];
const result = await build({
  entryPoints: [...files.map((name) => ({ in: name, out: name.split(".")[0] })), { in: WORKER, out: "maplibre-worker" }],
  bundle: true,
  format: "esm",
  minify: true,
  target: ["es2022", "chrome112", "firefox121", "safari16.5"],
  loader: { ".svg": "copy" },
  entryNames: "[name]-[hash]",
  legalComments: "none",
  metafile: true,
  outdir,
});

const manifest = {};
for (const path of Object.keys(result.metafile.outputs)) {
  manifest[basename(path).replace(/-[A-Z0-9]{8}\./, ".")] = basename(path);
}
manifest["world.json"] = await keep("world", ".json", JSON.stringify(await world()));
manifest["notices.txt"] = await keep("notices", ".txt", await notices());
await writeFile(join(outdir, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

async function keep(name, suffix, words) {
  const hash = createHash("sha256").update(words).digest("hex").slice(0, 8).toUpperCase();
  await writeFile(join(outdir, `${name}-${hash}${suffix}`), words);
  return `${name}-${hash}${suffix}`;
}
