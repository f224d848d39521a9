// After the build: measures what a first visit loads, and writes the compressed forms that the server sends.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const KB = 1024;
const budgets = { firstScripts: 260 * KB, firstStyles: 25 * KB, allScripts: 600 * KB };
const worthBytes = 1 * KB;

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist)));
rmSync(new URL(".vite/", dist), { recursive: true });

const sizes = new Map();
for (const folder of ["", "assets/"]) {
  for (const entry of readdirSync(new URL(folder, dist), { withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue;
    const content = readFileSync(new URL(folder + entry.name, dist));
    const gzip = gzipSync(content, { level: 9 });
    sizes.set(folder + entry.name, gzip.length);
    if (content.length < worthBytes) continue;
    writeFileSync(new URL(`${folder}${entry.name}.gz`, dist), gzip);
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
    writeFileSync(new URL(`${folder}${entry.name}.br`, dist), brotli);
  }
}

const first = new Set();
const styles = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (first.has(chunk.file)) return;
  first.add(chunk.file);
  chunk.css?.forEach((file) => styles.add(file));
  chunk.imports?.forEach(visit);
};
visit("index.html");

const sum = (files) => [...files].reduce((total, file) => total + (sizes.get(file) ?? 0), 0);
const measured = {
  firstScripts: sum(first) + sizes.get("theme.js"),
  firstStyles: sum(styles),
  allScripts: sum([...sizes.keys()].filter((file) => file.endsWith(".js"))),
};
let failed = false;
for (const [name, most] of Object.entries(budgets)) {
  const isOver = measured[name] > most;
  failed ||= isOver;
  console.log(`${name}: ${(measured[name] / KB).toFixed(1)} of ${most / KB} KB gzip${isOver ? ": OVER BUDGET" : ""}`);
}
if (failed) process.exit(1);
