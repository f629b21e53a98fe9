// The licences of what the bundles hold: each package here, and all that it was made of in its turn.
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const BUNDLED = ["htmx.org", "maplibre-gl", "world-atlas"];
const LICENCE = /^(licen[cs]e|copying|notice)/i;
const ONLY_TYPES = /^@types\//;

export async function notices() {
  const found = new Map();
  for (const name of BUNDLED) await add(name, import.meta.url, found);
  const parts = [...found.values()].sort((a, b) => a.title.localeCompare(b.title));
  const head = "The desk's scripts and shapes hold the following packages.\n";
  return head + parts.map(({ title, words }) => `\n${"=".repeat(78)}\n${title}\n${"=".repeat(78)}\n${words.trim()}\n`).join("");
}

async function add(name, from, found) {
  const folder = folderOf(name, from);
  if (!folder || found.has(folder) || ONLY_TYPES.test(name)) return;
  const about = JSON.parse(await readFile(join(folder, "package.json")));
  found.set(folder, { title: `${about.name} ${about.version} (${about.license ?? "see below"})`, words: await licenceIn(folder) });
  for (const needed of Object.keys(about.dependencies ?? {})) await add(needed, join(folder, "package.json"), found);
}

// The package's folder, looked for as node does, but without asking what the package exports.
function folderOf(name, from) {
  for (const path of createRequire(from).resolve.paths(name) ?? []) {
    const folder = join(path, name);
    if (exists(join(folder, "package.json"), from)) return folder;
  }
  return null;
}

function exists(path, from) {
  try {
    return Boolean(createRequire(from).resolve(path));
  } catch {
    return false;
  }
}

async function licenceIn(folder) {
  const names = (await readdir(folder)).filter((name) => LICENCE.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.join("\n") || "No licence text comes with this package; the licence is named above.";
}
