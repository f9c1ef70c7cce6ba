// Sends what a person says of a line or a field, and shows the page's new lines and edition.
"use strict";

const root = document.documentElement;
const KEYS = {
  1: "heading:1", 2: "heading:2", 3: "heading:3", 4: "heading:4", t: "title", p: "paragraph", g: "signature",
  d: "date", m: "meta", r: "removed", k: "keep", j: "join", b: "split", f: "forget",
};
let version = root.dataset.version;
let active = null;

const $ = (id) => document.getElementById(id);
const rows = () => [...document.querySelectorAll("#lines [role=option]")];

function choose(row, move = true) {
  if (!row) return;
  for (const one of document.querySelectorAll("#lines [aria-selected=true]")) one.setAttribute("aria-selected", "false");
  row.setAttribute("aria-selected", "true");
  const typing = document.activeElement === $("run-in") && row.id === active;
  active = row.id;
  $("lines").setAttribute("aria-activedescendant", row.id);
  $("kind").value = row.dataset.word;
  if (!typing) $("run-in").value = row.dataset.runIn;
  $("repair").disabled = !row.dataset.repairs;
  if (move) row.scrollIntoView({ block: "nearest" });
}

function step(by, wanted = () => true) {
  const all = rows();
  let at = all.findIndex((row) => row.id === active) + by;
  while (all[at] && !wanted(all[at])) at += by;
  choose(all[at]);
}

async function send(said) {
  const status = $("said");
  try {
    const answer = await fetch(`/correct${location.search}`, {
      method: "POST", body: JSON.stringify(said),
      headers: { "Content-Type": "application/json", "X-Wenban-Token": root.dataset.token },
    });
    const message = await answer.text();
    if (answer.ok) await renew();
    $("said").textContent = message;
    $("said").classList.toggle("bad", !answer.ok);
  } catch (error) {
    status.textContent = String(error);
  }
}

// Takes the new parts of the page; where the person is stays.
async function renew() {
  const text = await (await fetch(location.href)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const scrolled = $("lines")?.scrollTop;
  const open = $("fields")?.open;
  const named = document.activeElement?.name;
  for (const selector of ["#lines", "#fields", "nav", "header h1", "main > .half > [role=alert]"]) {
    const old = document.querySelector(selector);
    const fresh = page.querySelector(selector);
    if (old && fresh && selector === "#fields") {
      fresh.open = open;
      // What somebody is typing is not taken away: the fields are renewed when it was sent.
      if ([...old.querySelectorAll("input")].some((one) => one.value !== one.defaultValue)) continue;
    }
    if (old && fresh && old.outerHTML !== fresh.outerHTML) {
      const focused = old.contains(document.activeElement);
      old.replaceWith(fresh);
      if (focused && selector === "#lines") fresh.focus();
      if (focused && selector === "#fields") fresh.querySelector(`[name="${named}"]`)?.focus();
    } else if (old && !fresh) {
      old.remove();
    } else if (!old && fresh) {
      if (selector === "main > .half > [role=alert]") document.querySelector("main > .half > header")?.after(fresh);
      else return location.reload();
    }
  }
  if ($("lines")) {
    $("lines").scrollTop = scrolled;
    choose($(active) ?? rows()[0], false);
  }
}

function say(word) {
  if (active) send({ line: [Number($(active).dataset.line), word] });
}

function takeBack() {
  const places = active && $(active).dataset.repairs;
  if (places) send({ repair: places.split(" ")[0] });
}

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "lines" || event.ctrlKey || event.metaKey || event.altKey) return;
  const doubt = (row) => row.classList.contains("doubt");
  const moves = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Home: () => choose(rows()[0]), End: () => choose(rows().at(-1)),
    PageDown: () => step(10), PageUp: () => step(-10), n: () => step(1, doubt), N: () => step(-1, doubt),
    u: () => send({ undo: true }), x: takeBack, Delete: () => say("removed"),
  };
  if (moves[event.key]) moves[event.key]();
  else if (Object.hasOwn(KEYS, event.key)) say(KEYS[event.key]);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("#lines [role=option]");
  const button = event.target.closest("button");
  if (row) choose(row, false);
  else if (button?.dataset.say) say(button.dataset.say);
  else if (button?.id === "undo") send({ undo: true });
  else if (button?.id === "repair") takeBack();
});

document.addEventListener("change", (event) => {
  if (event.target.id === "kind") say(event.target.value);
  else if (event.target.id === "run-in") send({ run_in: [Number($(active).dataset.line), event.target.value] });
  else if (event.target.closest("#fields")) {
    event.target.defaultValue = event.target.value;
    send({ field: [event.target.name, event.target.value] });
  }
});

async function watch() {
  for (;;) {
    try {
      const answer = await fetch(`/version?seen=${version}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const now = await answer.text();
      if (now !== version) {
        version = root.dataset.version = now;
        await renew();
        const frame = document.querySelector("iframe");
        if (frame) frame.src = frame.getAttribute("src");
        else if ($("review")) location.reload();
      }
    } catch {
      await new Promise((later) => setTimeout(later, 1000));
    }
  }
}

if ($("lines")) {
  choose(rows().find((row) => row.classList.contains("doubt")) ?? rows()[0]);
  $("lines").focus();
}
watch();
