// Ace by DAISY over many books in one process and one browser.
//   node ace_books.mjs NODE_MODULES OUT BOOK...
// OUT becomes a JSON object: path of a book -> its report (EARL), as Ace's command line writes it to report.json.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const [modules, out, ...books] = process.argv.slice(2);
const require = createRequire(path.join(modules, "here.js"));
require("winston").configure({ silent: true });
const ace = require("@daisy/ace-core");
const chromium = require("@daisy/ace-axe-runner-puppeteer");

// Ace starts a browser for each book and closes it; here one serves all.
const runner = { ...chromium, launch: async () => {}, close: async () => {} };
const folder = mkdtempSync(path.join(tmpdir(), "ace-"));
const reports = {};
await chromium.launch();
for (const [at, book] of books.entries()) {
  const outdir = path.join(folder, String(at));
  const [, report] = await ace(book, { cwd: process.cwd(), outdir, tmpdir: folder }, runner);
  reports[book] = report;
}
await chromium.close();
rmSync(folder, { recursive: true });
writeFileSync(out, JSON.stringify(reports));
process.exit(0); // Ace leaves timers behind
