// Shows each save at once, in place: focus, scrolling and open details stay. Without this script every page of the
// preview works, but has to be reloaded after a save.

import { addressAfter, addressOf, explainLinks, frameIn, hasModifier, hasOtherEmail, savePlace, show } from "./email.js";
import { morph } from "./morph.js";
import { movedBy, placeIn } from "./place.js";

const get = (id) => document.getElementById(id);
const announcement = get("announcement");
const notice = get("notice");
let request = new AbortController();
let announcementTimer = 0;
let disconnectTimer = 0;
let events = null;
let newestStamp = "";

/** Update this page, and the email in it, to what is at the window's address now. */
async function refresh(stamp = "") {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const frame = frameIn(document);
  const guess = addressAfter(frame, stamp);
  let page, address, email;
  try {
    const [html, guessedEmail] = await Promise.all([fetchText(location.href, signal), guess && fetchText(guess, signal)]);
    if (!html) return; // the issue does not exist any more: its last page stays
    page = new DOMParser().parseFromString(html, "text/html");
    address = addressOf(frameIn(page));
    if (frame && address && address !== addressOf(frame)) {
      email = address === guess ? guessedEmail : await fetchText(address, signal);
    }
  } catch {
    return; // a newer save came, or the preview has stopped, which `listen` reports
  }
  // Both change in one step, because the page describes this email.
  const goBack = frame && savePlace(frame);
  update(page);
  if (email && frame.isConnected) show(frame, address, email);
  goBack?.();
}

/** Fetch a page. Return its HTML, or null if it does not exist. */
async function fetchText(address, signal) {
  const answer = await fetch(address, { signal });
  return answer.ok ? answer.text() : null;
}

/** Change this page into another. The text that is being read stays where it is. */
function update(page) {
  const [focused, x, y] = [document.activeElement?.id, scrollX, scrollY];
  const words = placeIn(get("view"), get("bar").getBoundingClientRect().bottom);
  document.title = page.title;
  morph(document.body, page.body);
  if (focused && document.activeElement === document.body) get(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("preview:updated"));
  scrollTo({ left: x, top: y, behavior: "instant" });
  scrollBy({ top: movedBy(words, get("view")), behavior: "instant" });
}

/** Let screen readers say the status, without interrupting: of several in a row the last, and never the same twice. */
function announce(words) {
  if (announcement.textContent === words) return;
  clearTimeout(announcementTimer);
  announcement.textContent = ""; // it is not true any more
  announcementTimer = setTimeout(() => (announcement.textContent = words), 600);
}

/** Show something that is not about a save. It stays until another notice or another email replaces it. */
function showNotice(words) {
  notice.textContent = words;
}

/** Listen for saves, but only in visible windows: browsers open six connections, and each listener needs one. */
function listen() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource("/events");
  events.addEventListener("change", (event) => {
    const { slug, version, text, stamp } = JSON.parse(event.data);
    const { issue, version: current } = document.body.dataset;
    if ((issue && issue !== slug) || version <= Number(current)) return;
    refresh(stamp);
    if (stamp && stamp !== newestStamp) showNotice("");
    newestStamp = stamp || newestStamp;
    if (text) announce(issue ? text : `${slug}: ${text}`);
  });
  events.addEventListener("notice", (event) => showNotice(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    clearTimeout(disconnectTimer);
    disconnectTimer = setTimeout(() => showNotice("Not connected. To continue, start newsletter preview again."), 3000);
  });
  events.addEventListener("open", () => {
    clearTimeout(disconnectTimer);
    if (notice.textContent.startsWith("Not connected")) showNotice("Connected again.");
  });
}

// Selecting an option changes the page in place, so that the option keeps the focus.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || hasModifier(event)) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  refresh();
});
addEventListener("popstate", () => refresh());
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", listen);

/** Prepare a frame that has loaded. */
function prepare(frame) {
  explainLinks(frame, showNotice);
  if (hasOtherEmail(frame)) refresh();
}

// A frame that loaded before this script, and each later one. The load event does not bubble.
if (frameIn(document)) prepare(frameIn(document));
document.addEventListener("load", ({ target }) => target === frameIn(document) && prepare(target), true);

/** Pass the height of the bar to the styles, so that it never covers the focus; make the stage focusable if it scrolls. */
function measure() {
  const bar = get("bar");
  // With very large text, a part of the bar is above the window.
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight + Number.parseFloat(getComputedStyle(bar).top)}px`);
  const stage = get("stage");
  if (stage && stage !== document.activeElement) stage.tabIndex = stage.scrollWidth > stage.clientWidth ? 0 : -1;
  if (stage) sizes.observe(stage);  // a save may have replaced it
}
const sizes = new ResizeObserver(measure);
sizes.observe(get("bar"));
addEventListener("resize", measure);
document.addEventListener("preview:updated", measure);
measure();
