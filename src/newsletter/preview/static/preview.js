// Shows each save at once, in place: focus, scrolling and what is open stay as they were. Without this script every
// page of the preview works, and is as new as the last time it was loaded.

import { addressAfter, addressOf, frameIn, hasKey, isAstray, place, show, tellLinks } from "./email.js";
import { morph } from "./morph.js";
import { movedBy, placeIn } from "./place.js";

const get = (id) => document.getElementById(id);
const said = get("said");
const told = get("told");
let asking = new AbortController();
let saying = 0;
let waiting = 0;
let events = null;
let newest = "";

/** Make this page, and the email in it, like what is at the window's address now. */
async function refresh(stamp = "") {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const frame = frameIn(document);
  const guess = addressAfter(frame, stamp);
  let page, address, email;
  try {
    const [html, guessed] = await Promise.all([fetched(location.href, signal), guess && fetched(guess, signal)]);
    if (!html) return; // the issue is gone; what was seen last stays
    page = new DOMParser().parseFromString(html, "text/html");
    address = addressOf(frameIn(page));
    if (frame && address && address !== addressOf(frame)) {
      email = address === guess ? guessed : await fetched(address, signal);
    }
  } catch {
    return; // a newer save came, or the preview has stopped, which is told elsewhere
  }
  // In one go: what the page says is about this email, and changes with it.
  const goBack = frame && place(frame);
  renew(page);
  if (email && frame.isConnected) show(frame, address, email);
  goBack?.();
}

/** Fetch a page; null if there is none at the address. */
async function fetched(address, signal) {
  const answer = await fetch(address, { signal });
  return answer.ok ? answer.text() : null;
}

/** Make this page like another; what is read stays where it is. */
function renew(page) {
  const [focused, x, y] = [document.activeElement?.id, scrollX, scrollY];
  const words = placeIn(get("view"), get("bar").getBoundingClientRect().bottom);
  document.title = page.title;
  morph(document.body, page.body);
  if (focused && document.activeElement === document.body) get(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("preview:renewed"));
  scrollTo({ left: x, top: y, behavior: "instant" });
  scrollBy({ top: movedBy(words, get("view")), behavior: "instant" });
}

/** Say how the issue stands, without interrupting: of several things in a row the last, and never the same twice. */
function say(words) {
  if (said.textContent === words) return;
  clearTimeout(saying);
  said.textContent = ""; // it is not true any more
  saying = setTimeout(() => (said.textContent = words), 600);
}

/** Show and say something that is not about a save; it stays until it is answered or another email comes. */
function tell(words) {
  told.textContent = words;
}

/** Listen for saves. Only while the window is in sight: browsers open six connections, and each listener takes one. */
function listen() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource("/events");
  events.addEventListener("shown", (event) => {
    const { slug, version, said: words, stamp } = JSON.parse(event.data);
    const { issue, version: seen } = document.body.dataset;
    if ((issue && issue !== slug) || version <= Number(seen)) return;
    refresh(stamp);
    if (stamp && stamp !== newest) tell("");
    newest = stamp || newest;
    if (words) say(issue ? words : `${slug}: ${words}`);
  });
  events.addEventListener("told", (event) => tell(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => tell("Not connected. Start newsletter preview again to go on."), 3000);
  });
  events.addEventListener("open", () => {
    clearTimeout(waiting);
    if (told.textContent.startsWith("Not connected")) tell("Connected again.");
  });
}

// A choice in a view keeps the page, and the focus on the choice.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || hasKey(event)) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  refresh();
});
addEventListener("popstate", () => refresh());
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", listen);

/** Look after a frame that has loaded. */
function framed(frame) {
  tellLinks(frame, tell);
  if (isAstray(frame)) refresh();
}

// A frame that has come before this script, and each that comes after it; loading does not bubble.
if (frameIn(document)) framed(frameIn(document));
document.addEventListener("load", ({ target }) => target === frameIn(document) && framed(target), true);

/** Tell the styles how high the bar is, so that it covers nothing that has the focus, and let what scrolls have it. */
function measure() {
  const bar = get("bar");
  // With very large text a part of it is above the window.
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight + Number.parseFloat(getComputedStyle(bar).top)}px`);
  const stage = get("stage");
  if (stage && stage !== document.activeElement) stage.tabIndex = stage.scrollWidth > stage.clientWidth ? 0 : -1;
  if (stage) sizes.observe(stage);  // which a save may have put in the place of another
}
const sizes = new ResizeObserver(measure);
sizes.observe(get("bar"));
addEventListener("resize", measure);
document.addEventListener("preview:renewed", measure);
measure();
