// Bundles the desk's scripts and styles into the folder named on the command line: one file for each entry, its name
// carrying the hash of its content, manifest.json, which maps the plain names to those, and world.json, the shapes from
// which the server draws its map.
import { writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { build } from "esbuild";
import { world } from "./world.mjs";

const outdir = process.argv[2];
if (!outdir) {
  console.error("usage: node build.mjs OUTDIR");
  process.exit(2);
}

const result = await build({
  entryPoints: ["desk.js", "reading.js", "reports.js", "review.js", "desk.css", "icon.svg"],
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
for (const [path, { entryPoint }] of Object.entries(result.metafile.outputs)) {
  if (entryPoint) manifest[basename(entryPoint)] = basename(path);
  else if (extname(path) === ".svg") manifest["icon.svg"] = basename(path);
}
await writeFile(join(outdir, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
await writeFile(join(outdir, "world.json"), JSON.stringify(await world()));
