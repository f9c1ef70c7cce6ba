// Loads the page again when the server has something newer than what it shows.
"use strict";

const shown = document.documentElement.dataset.version;
const stopped = document.getElementById("stopped");

async function watch() {
  for (let failures = 0; ;) {
    try {
      const answer = await fetch(`/version?seen=${shown}`);
      if (!answer.ok) throw new Error(answer.statusText);
      if ((await answer.text()) !== shown) return location.reload();
      failures = 0;
      stopped.hidden = true;
    } catch {
      failures += 1;
      stopped.hidden = failures < 2;
      await new Promise((later) => setTimeout(later, 1000));
    }
  }
}

watch();
