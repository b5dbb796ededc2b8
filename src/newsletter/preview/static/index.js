// The filter of the list works as you type: the page asks for the same address that the form would open.

import { refresh } from "./preview.js";

const PAUSE_MS = 120;
let timer = 0;

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.id !== "filter") return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const filled = [...new FormData(form)].filter(([, value]) => value.trim());
    history.replaceState(null, "", filled.length ? `/?${new URLSearchParams(filled)}` : "/");
    refresh();
  }, PAUSE_MS);
});

// Enter has nothing left to do, and a new page would lose the place of the cursor.
document.addEventListener("submit", (event) => {
  if (event.target.id === "filter") event.preventDefault();
});
