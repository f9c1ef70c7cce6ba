// Times @mozilla/readability on jsdom or linkedom, which is its argument: reads paths from standard input, one a line, and answers each with the
// milliseconds of one parse and extraction.  Run by bench_html.py in a folder where
// `npm install @mozilla/readability jsdom linkedom` was done.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { Readability } = require("@mozilla/readability");
const model = process.argv[2];
const found = await import(pathToFileURL(require.resolve(model)).href);
const documentOf = model === "jsdom" ? (html) => new found.JSDOM(html).window.document : (html) => found.parseHTML(html).document;

const pages = new Map();
for await (const path of createInterface({ input: process.stdin })) {
  if (!pages.has(path)) pages.set(path, readFileSync(path, "utf8"));
  const html = pages.get(path);
  const start = process.hrtime.bigint();
  new Readability(documentOf(html)).parse();
  console.log(Number(process.hrtime.bigint() - start) / 1e6);
}
