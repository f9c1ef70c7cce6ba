// The catalogue's script: search, filters and sorting over files that are loaded when they are wanted.
// WORDS, the two tables of words, stands before this text (pages.py).  No text becomes markup: elements are made by
// name and filled with text, and scripts are loaded from names of one form only.
"use strict";
var wenban = (() => {
  const CONTEXT = 36; // characters shown on each side of what was found
  const STEP = 20; // results shown at once
  const KEPT = 300; // texts kept in memory
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const UNSEARCHED =
    /[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u2bff\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\ufffc-\uffff]/;
  const html = document.documentElement;
  const page = html.dataset;
  const get = (id) => document.getElementById(id);
  const [form, list, status, more, pager] = ["controls", "list", "status", "more", "pager"].map(get);
  const still = [...list.children]; // the page as it was loaded

  // --- Words -------------------------------------------------------------------------------------------------

  let language = page.language;

  function say(word, values = {}) {
    return WORDS[language][word].replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
  }

  function speak(wanted) {
    language = wanted;
    html.lang = language === "zh" ? "zh-Hans" : "en";
    get("language").lang = language === "zh" ? "en" : "zh-Hans";
    for (const element of document.querySelectorAll("[data-word]")) {
      const { word, into, ...values } = element.dataset;
      if (into) element.setAttribute(into, say(word, values));
      else element.textContent = say(word, values);
    }
  }

  function wantedLanguage() {
    const known = (tag) => Object.keys(WORDS).find((code) => tag?.toLowerCase().startsWith(code));
    let chosen = null;
    try {
      chosen = localStorage.getItem("wenban-language");
    } catch {} // a browser may keep nothing for files
    return known(chosen) ?? known(navigator.language) ?? page.language;
  }

  function remember(code) {
    try {
      localStorage.setItem("wenban-language", code);
    } catch {}
  }

  // --- Files -------------------------------------------------------------------------------------------------

  const received = new Map(); // name -> what a file gave
  const loading = new Map(); // name -> promise of it
  const address = (name) => {
    if (!/^(documents|grams\/\d+|text\/[0-9a-f]+)$/.test(name)) throw new TypeError(name);
    return `${page.root}catalogue/${name}.js?v=${page.version}`;
  };
  const policy = self.trustedTypes?.createPolicy("wenban", { createScriptURL: address }) ?? { createScriptURL: address };

  function load(name) {
    if (!loading.has(name)) {
      loading.set(
        name,
        new Promise((done, failed) => {
          const script = document.createElement("script");
          script.addEventListener("load", () => {
            script.remove();
            if (received.has(name)) done(received.get(name));
            else failed(new Error(name));
          });
          script.addEventListener("error", () => {
            loading.delete(name);
            failed(new Error(name));
          });
          script.src = policy.createScriptURL(name);
          document.head.append(script);
        }),
      );
    }
    return loading.get(name);
  }

  function forget() {
    const texts = [...loading.keys()].filter((name) => name.startsWith("text/"));
    for (const name of texts.slice(0, Math.max(0, texts.length - KEPT))) {
      loading.delete(name);
      received.delete(name);
      foldings.delete(name);
    }
  }

  // --- Documents ---------------------------------------------------------------------------------------------

  let all = []; // newest first, as the pages have them
  let sources = [];
  let index = null;
  let owners = []; // part of the index -> its document

  function accept(data) {
    index = data;
    sources = data.sources;
    all = data.rows.map(([title, source, date, lang, preview, stem, given, texts], number) => {
      const editions = given.map(([format, size, name]) => ({ format, size, name: name ?? `${stem}.${format}` }));
      const folded = fold(title);
      return { number, title, source, date, lang, preview, editions, texts, first: 0, folded, year: date.slice(0, 4) };
    });
    for (const one of all) {
      one.first = owners.length;
      for (let at = 0; at < one.texts.length; at++) owners.push(one);
    }
    choices("year", all.map((one) => one.year), (year) => year || say("undated"), (a, b) => (a < b ? 1 : -1), "undated");
    const byCount = (a, b) => (a === -1) - (b === -1) || a - b; // they are numbered from the largest
    choices("source", all.map((one) => one.source), (at) => sources[at] ?? say("unsourced"), byCount, "unsourced");
  }

  function choices(name, values, label, order, none) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const value of [...counts.keys()].sort(order)) {
      const missing = value === "" || value === -1;
      const option = make("option", { value: missing ? "-" : String(value) }, `${label(value)} (${counts.get(value)})`);
      if (missing) option.textContent = say(none);
      if (missing) option.dataset.word = none;
      get(name).append(option);
    }
  }

  // --- Folding and pairs: as search.py does it ---------------------------------------------------------------

  const foldedCharacters = new Map();

  function foldCharacter(char) {
    let folded = foldedCharacters.get(char);
    if (folded === undefined) {
      folded = char.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
      foldedCharacters.set(char, folded);
    }
    return folded;
  }

  function fold(text) {
    let out = "";
    for (const char of text) out += foldCharacter(char);
    return out;
  }

  function pairs(term) {
    const found = new Set();
    for (const run of term.split(UNSEARCHED)) {
      const chars = [...run];
      for (let at = 1; at < chars.length; at++) found.add(chars[at - 1] + chars[at]);
    }
    return [...found];
  }

  async function places(pair) {
    const [one, other] = [...pair].map((char) => char.codePointAt(0));
    const shard = await load(`grams/${(one * 31 + other) % index.shards}`);
    return Object.hasOwn(shard, pair) ? decode(shard[pair]) : [];
  }

  function decode(text) {
    const numbers = [];
    let last = -1, gap = 0, shift = 0;
    for (const char of text) {
      const digit = DIGITS.indexOf(char);
      gap += (digit & 31) * 2 ** shift;
      shift += 5;
      if (digit & 32) continue;
      numbers.push((last += gap + 1));
      gap = shift = 0;
    }
    return numbers;
  }

  // Documents whose text may hold a term, each with the parts to look into; null where pairs cannot tell.
  async function candidates(term) {
    const wanted = pairs(term);
    if (!wanted.length) return null;
    const lists = (await Promise.all(wanted.map(places))).sort((a, b) => a.length - b.length);
    const others = lists.slice(1).map((one) => new Set(one));
    const found = new Map();
    for (const part of lists[0]) {
      if (!others.every((some) => some.has(part))) continue;
      const one = owners[part];
      if (!found.has(one)) found.set(one, []);
      found.get(one).push(one.texts[part - one.first]);
    }
    return found;
  }

  // --- Looking into texts ------------------------------------------------------------------------------------

  const foldings = new Map();

  async function folding(name) {
    const text = await load(name);
    if (!foldings.has(name)) foldings.set(name, foldedWithPlaces(text));
    return foldings.get(name);
  }

  function foldedWithPlaces(text) {
    const places = [];
    let folded = "", at = 0;
    for (const char of text) {
      const some = foldCharacter(char);
      for (let count = 0; count < some.length; count++) places.push(at);
      folded += some;
      at += char.length;
    }
    places.push(at);
    return { text, folded, places };
  }

  // Where a term first stands in the parts of a text, or null.
  async function place(term, keys) {
    for (const key of keys) {
      const found = await folding(`text/${key}`);
      const at = found.folded.indexOf(term);
      if (at >= 0) return { ...found, at };
    }
    return null;
  }

  // The result for a document, or null where a term is not really there.
  async function look({ one, missing }, terms, bodies) {
    const found = await Promise.all(
      terms.map((term, at) => (bodies[at]?.has(one) ? place(term, bodies[at].get(one)) : null)),
    );
    if (missing.some((at) => !found[at])) return null;
    return { one, excerpts: found.filter(Boolean).map((where) => excerpt(where, terms)) };
  }

  function excerpt({ text, folded, places, at }, terms) {
    let start = Math.max(0, places[at] - CONTEXT);
    let end = Math.min(text.length, places[at] + 2 * CONTEXT);
    if (/[\udc00-\udfff]/.test(text[start])) start--;
    if (/[\udc00-\udfff]/.test(text[end] ?? "")) end++;
    return { start: start > 0, end: end < text.length, pieces: pieces(text, folded, places, terms, start, end) };
  }

  // A stretch of a text, cut where a term begins and ends: [text, whether it is a term].
  function pieces(text, folded, places, terms, start = 0, end = text.length) {
    const spans = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        const last = places[at + term.length - 1];
        const span = [places[at], last + String.fromCodePoint(text.codePointAt(last)).length];
        if (span[0] >= end) break;
        if (span[0] >= start && span[1] <= end) spans.push(span);
      }
    }
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const out = [];
    let done = start;
    for (const [first, last] of spans) {
      if (first < done) continue;
      out.push([text.slice(done, first), false], [text.slice(first, last), true]);
      done = last;
    }
    out.push([text.slice(done, end), false]);
    return out.filter(([piece]) => piece);
  }

  // --- Elements ----------------------------------------------------------------------------------------------

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  const marked = (some) => some.map(([piece, found]) => (found ? make("mark", {}, piece) : piece));
  const link = (name) => page.root + name.split("/").map(encodeURIComponent).join("/");
  const size = (count) => (count < 999500 ? `${Math.max(1, Math.round(count / 1000))} kB` : `${(count / 1e6).toFixed(1)} MB`);

  function item({ one, excerpts = [] }, terms) {
    const id = `r${one.number}`;
    const [main] = one.editions;
    const picture = one.preview
      ? make("img", { src: link(one.preview[0]), alt: "", width: one.preview[1], height: one.preview[2], loading: "lazy" })
      : make("span", { class: "blank" });
    const { folded, places } = foldedWithPlaces(one.title);
    const title = make("bdi", {}, ...marked(pieces(one.title, folded, places, terms)));
    const facts = make("p", { class: "facts" });
    if (sources[one.source]) facts.append(make("span", { class: "source" }, make("bdi", {}, sources[one.source])), " ");
    if (one.date) facts.append(make("time", { datetime: one.date }, one.date));
    const type = (edition) => index.types[edition.format];
    const editions = one.editions.map((edition) =>
      make("li", {}, make("a", { href: link(edition.name), type: type(edition), "aria-describedby": id },
        `${edition.format.toUpperCase()} `, make("small", {}, size(edition.size)))),
    );
    return make("li", { class: "item", lang: one.lang },
      make("a", { class: "cover", href: link(main.name), tabindex: "-1", "aria-hidden": "true" }, picture),
      make("div", { class: "about" },
        make("h3", { id }, make("a", { href: link(main.name), type: type(main) }, title)),
        facts,
        ...quoted(excerpts),
        make("ul", { class: "editions" }, ...editions)),
    );
  }

  function quoted(excerpts) {
    const shown = new Set();
    const parts = [];
    for (const { start, end, pieces: some } of excerpts) {
      const text = some.map(([piece]) => piece).join("");
      if (shown.has(text) || shown.size === 2) continue;
      shown.add(text);
      parts.push(make("p", { class: "found" }, start ? "\u2026" : "", ...marked(some), end ? "\u2026" : ""));
    }
    return parts;
  }

  // --- What is asked for, and showing it ---------------------------------------------------------------------

  const collator = new Intl.Collator("zh");
  const ORDERS = {
    newest: () => 0,
    oldest: (a, b) => (!a.date - !b.date) || (a.date < b.date ? -1 : a.date > b.date ? 1 : 0),
    title: (a, b) => collator.compare(a.title, b.title),
    source: (a, b) => (a.source < 0) - (b.source < 0) || collator.compare(sources[a.source] ?? "", sources[b.source] ?? ""),
  };
  let waiting = 0; // for more to be typed
  let turn = 0; // of the question that is being answered; an answer to an older one is dropped
  let next = null; // shows more of the answer

  function asked() {
    const state = { q: get("q").value.trim(), year: get("year").value, source: get("source").value, sort: get("sort").value };
    const terms = [...new Set(state.q.split(/\s+/).map(fold).filter(Boolean))];
    return { ...state, terms, plain: !terms.length && !state.year && !state.source && state.sort === "newest" };
  }

  async function answer() {
    clearTimeout(waiting);
    const mine = ++turn;
    list.setAttribute("aria-busy", "true");
    await found(asked(), mine);
    if (mine === turn) list.setAttribute("aria-busy", "false");
  }

  async function found(question, mine) {
    keep(question);
    get("clear").hidden = question.plain;
    get("heading").dataset.word = question.plain ? "documents" : "results";
    get("heading").textContent = say(get("heading").dataset.word);
    if (question.plain) return rest();
    try {
      await load("documents");
      if (mine === turn) await (question.terms.length ? search(question, mine) : filter(question));
    } catch {
      if (mine === turn) tell("failed");
    }
  }

  function rest() {
    list.replaceChildren(...still);
    list.classList.remove("results");
    if (pager) pager.hidden = false;
    more.hidden = true;
    tell("by_date");
  }

  function tell(word, values = {}) {
    for (const name of Object.keys(status.dataset)) delete status.dataset[name];
    Object.assign(status.dataset, { word, ...values });
    status.textContent = say(word, values);
  }

  function chosen({ year, source, sort }) {
    const given = (value, wanted) => !wanted || (wanted === "-" ? value === "" || value === -1 : String(value) === wanted);
    return all.filter((one) => given(one.year, year) && given(one.source, source)).sort(ORDERS[sort] ?? ORDERS.newest);
  }

  function filter(question) {
    const found = chosen(question);
    let at = 0;
    show([], true);
    next = () => {
      show(found.slice(at, (at += index.page)).map((one) => item({ one }, [])));
      more.hidden = at >= found.length;
      tell(found.length ? "count" : "nothing", { n: found.length });
    };
    next();
  }

  async function search(question, mine) {
    const { terms } = question;
    if (status.dataset.word === "by_date") tell("searching");
    const bodies = await Promise.all(terms.map(candidates));
    if (mine !== turn) return;
    const hits = [];
    for (const one of chosen(question)) {
      const missing = [...terms.keys()].filter((at) => !one.folded.includes(terms[at]));
      if (missing.every((at) => bodies[at]?.has(one))) hits.push({ one, missing });
    }
    hits.sort((a, b) => a.missing.length - b.missing.length); // titles first
    let at = 0, count = 0;
    next = async () => {
      const results = [];
      while (at < hits.length && results.length < STEP) {
        const some = hits.slice(at, (at += STEP - results.length));
        const looked = await Promise.all(some.map((hit) => look(hit, terms, bodies)));
        if (mine !== turn) return;
        results.push(...looked.filter(Boolean));
      }
      forget();
      show(results.map((result) => item(result, terms)), count === 0);
      count += results.length;
      more.hidden = at >= hits.length;
      const short = bodies.some((body) => body === null);
      if (at < hits.length) tell("found_so_far", { n: count, m: hits.length - at });
      else if (short) tell("one_more");
      else tell(count ? "found" : "nothing", { n: count });
    };
    await next();
  }

  function show(elements, afresh = false) {
    if (pager) pager.hidden = true;
    list.removeAttribute("start");
    list.classList.add("results");
    if (afresh) list.replaceChildren(...elements);
    else list.append(...elements);
  }

  // The question stands in the address, so that it can be kept and comes back with the browser's button.
  function keep({ q, year, source, sort, plain }) {
    const parts = new URLSearchParams();
    const name = source && (sources[source] ?? source);
    for (const [key, value] of Object.entries({ q, year, source: name, sort: sort === "newest" ? "" : sort })) {
      if (value) parts.set(key, value);
    }
    const hash = plain ? "" : `#${parts}`;
    if (location.hash !== hash && (hash || location.hash.includes("="))) {
      history.replaceState(history.state, "", hash || location.pathname.split("/").pop() || ".");
    }
  }

  function recall() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const at = sources.indexOf(parts.get("source") ?? "");
    get("q").value = (parts.get("q") ?? "").slice(0, index.longest);
    get("year").value = parts.get("year") ?? "";
    get("source").value = at >= 0 ? String(at) : parts.get("source") === "-" ? "-" : "";
    get("sort").value = Object.hasOwn(ORDERS, parts.get("sort") ?? "") ? parts.get("sort") : "newest";
    answer();
  }

  // --- Start -------------------------------------------------------------------------------------------------

  function soon(event) {
    if (event.isComposing) return; // an input method is still at work
    list.setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(answer, 150);
  }

  function start() {
    speak(wantedLanguage());
    for (const element of [form, get("language")]) element.hidden = false;
    get("language").addEventListener("click", () => {
      speak(language === "zh" ? "en" : "zh");
      remember(language);
    });
    get("q").addEventListener("input", soon);
    get("q").addEventListener("compositionend", soon);
    form.addEventListener("change", (event) => event.target === get("q") || answer());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer();
    });
    form.addEventListener("reset", () => {
      setTimeout(answer);
      get("q").focus();
    });
    more.addEventListener("click", async () => {
      const count = list.children.length;
      await next?.();
      list.children[count]?.querySelector("h3 a").focus();
    });
    load("documents").then(
      () => {
        if (location.hash.includes("=")) recall();
        addEventListener("hashchange", () => location.hash.includes("=") && recall());
      },
      () => tell("failed"),
    );
  }

  // Files call these when they are loaded; the page starts when this script has ended.
  setTimeout(start);
  return {
    documents(data) {
      accept(data);
      received.set("documents", data);
    },
    grams: (number, data) => received.set(`grams/${number}`, data),
    text: (key, data) => received.set(`text/${key}`, data),
  };
})();
