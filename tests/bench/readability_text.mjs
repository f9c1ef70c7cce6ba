// What @mozilla/readability on linkedom reads: takes pages from standard input, each a JSON string on a line, and answers
// each with the text of its article, a line for each block.  Run by peers_html.py in a folder where
// `npm install @mozilla/readability linkedom` was done.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { Readability } = require("@mozilla/readability");
const { parseHTML } = await import(pathToFileURL(require.resolve("linkedom")).href);
const ends = /<(?:\/(?:p|div|li|h[1-6]|td|th|tr|blockquote|figcaption|section|article|pre)|br)\b[^>]*>/gi;

for await (const line of createInterface({ input: process.stdin })) {
  const { document } = parseHTML(JSON.parse(line));
  const article = new Readability(document).parse();
  const { document: body } = parseHTML(`<html><body>${(article?.content ?? "").replace(ends, "$&\n")}</body></html>`);
  console.log(JSON.stringify(body.body.textContent));
}
