// Bundles the page's scripts and styles into zhongshu/static/dist/; old domestic browsers set the target.
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const assets = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(assets);
const dist = path.join(root, "zhongshu", "static", "dist");
const watching = process.argv.includes("--watch");
const checking = process.argv.includes("--check");

/** Every script and style directly in assets/ becomes one bundle of the same name. */
async function entryPoints() {
  const names = await readdir(assets);
  return names.filter((name) => /\.(js|ts|css)$/.test(name)).map((name) => path.join(assets, name));
}

/** The icons named in assets/icons.txt, one a line, become one sprite: <use href="…/icons.svg#name">. */
async function buildIcons() {
  const list = path.join(assets, "icons.txt");
  if (!existsSync(list)) return;
  const names = (await readFile(list, "utf8")).split("\n").map((line) => line.trim());
  const wanted = [...new Set(names.filter((name) => name && !name.startsWith("#")))];
  const symbols = await Promise.all(wanted.map(symbol));
  await writeFile(
    path.join(dist, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
  );
}

async function symbol(name) {
  const own = path.join(assets, "icons", `${name}.svg`);
  const file = existsSync(own)
    ? own
    : path.join(root, "node_modules", "bootstrap-icons", "icons", `${name}.svg`);
  const svg = await readFile(file, "utf8");
  const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const box = svg.match(/viewBox="([^"]+)"/)?.[1] ?? "0 0 16 16";
  return `<symbol id="${name}" viewBox="${box}" fill="currentColor">${body.trim()}</symbol>`;
}

/** Pictures of our own are copied as they are. */
async function copyImages() {
  const images = path.join(assets, "images");
  if (existsSync(images)) await cp(images, path.join(dist, "images"), { recursive: true });
}

const options = {
  entryPoints: await entryPoints(),
  outdir: dist,
  bundle: true,
  format: "iife",
  target: "chrome86",
  minify: !watching,
  sourcemap: watching ? "inline" : false,
  legalComments: "eof",
  charset: "utf8",
  loader: { ".svg": "file", ".png": "file" },
  logLevel: watching ? "info" : "warning",
};

if (checking) {
  const { warnings } = await esbuild.build({ ...options, write: false });
  process.exit(warnings.length ? 1 : 0);
}
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([buildIcons(), copyImages()]);
if (watching) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
