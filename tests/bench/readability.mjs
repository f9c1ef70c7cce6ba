// Times @mozilla/readability on linkedom over the pages named on the command line; prints one JSON object.
// Run by bench_html.py in a folder where `npm install @mozilla/readability linkedom` was done.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { Readability } = require("@mozilla/readability");
const { parseHTML } = await import(pathToFileURL(require.resolve("linkedom")).href);

const rounds = Number(process.argv[2]);
const out = {};
for (const path of process.argv.slice(3)) {
  const html = readFileSync(path, "utf8");
  const times = [];
  let text = "";
  for (let round = 0; round < rounds + 2; round++) {
    const start = process.hrtime.bigint();
    const { document } = parseHTML(html);
    const article = new Readability(document).parse();
    const took = Number(process.hrtime.bigint() - start) / 1e6;
    if (round >= 2) times.push(took); // the first two rounds warm the compiler up
    text = article?.textContent ?? "";
  }
  times.sort((one, other) => one - other);
  out[path] = { ms: times[times.length >> 1], characters: text.replace(/\s/g, "").length };
}
console.log(JSON.stringify(out));
