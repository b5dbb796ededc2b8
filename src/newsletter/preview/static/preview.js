// Shows each save at once, in place: focus, scrolling and open details stay. Without this script every page of the
// preview works, but has to be reloaded after a save.

import { keepChoices, recallChoices } from "./choices.js";
import {
  addressAfter, addressOf, explainLinks, framesIn, hasModifier, hasOtherEmail, keepPlace, recallPlace, savePlace, show,
} from "./email.js";
import { offerKeys, onKey } from "./keys.js";
import { closeMenus } from "./menus.js";
import { morph } from "./morph.js";
import { movedBy, placeIn } from "./place.js";
import { keepProblems } from "./problem_focus.js";
import { follow } from "./together.js";
import { keepFitting } from "./whole.js";

const get = (id) => document.getElementById(id);
const announcement = get("announcement");
const notice = get("notice");
let request = new AbortController();
let announcementTimer = 0;
let disconnectTimer = 0;
let events = null;
let newestStamp = "";
let listTimer = 0;

/** Update this page, and the email in it, to what is at the window's address now: in one step, or the email first. */
export async function refresh(stamp = "", emailFirst = false) {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const frames = framesIn(document);
  const guess = addressAfter(frames[0], stamp);
  // The preview answers one request after the other, and somebody waits for the email.
  const [guessedEmail, wholePage] = [guess && fetchText(guess, signal), fetchText(location.href, signal)];
  if (guess && emailFirst) {
    const email = await guessedEmail;
    if (email) change(frames, () => showIn(frames, guess, email));
    await nextFrame(); // in which the browser paints the email
  }
  const html = await wholePage;
  if (!html || signal.aborted) return; // the issue does not exist any more, and its last page stays; or a newer save came
  const page = new DOMParser().parseFromString(html, "text/html");
  // As if it was opened before the issue was known: changing its body would leave it without them.
  if ([...filesOf(page)].some((each) => !filesOf(document).has(each))) return location.reload();
  const address = addressOf(framesIn(page)[0]);
  const isOther = address && frames.some((frame) => address !== addressOf(frame));
  const email = isOther ? await (address === guess ? guessedEmail : fetchText(address, signal)) : null;
  if (isOther && !email) return;
  // Both change in one step, because the page describes this email.
  change(frames, () => {
    update(page);
    if (email) showIn(frames, address, email);
  });
}

/** Wait until the browser has painted once, but not if it paints nothing, such as in a hidden window. */
const nextFrame = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 100);
});

/** Change something in one step, and scroll the email in each frame to where the reader was in it. */
function change(frames, make) {
  const goBack = frames.map(savePlace);
  make();
  for (const go of goBack) go();
}

/** Show another email in those of these frames that are still in the page. */
function showIn(frames, address, email) {
  for (const frame of framesIn(document)) if (frames.includes(frame)) show(frame, address, email);
}

/** Return the addresses of the style sheets and the scripts of a page. */
function filesOf(page) {
  const elements = [...page.head.querySelectorAll("link[rel=stylesheet], script[src]")];
  return new Set(elements.map((each) => each.getAttribute("href") ?? each.getAttribute("src")));
}

/** Fetch a page. Return its HTML, or null if it does not exist or cannot be fetched. */
async function fetchText(address, signal) {
  try {
    const answer = await fetch(address, { signal });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // a newer save came, or the preview has stopped, which `listen` reports
  }
}

/** Change this page into another. The text that is being read stays where it is. */
function update(page) {
  const [focused, x, y] = [document.activeElement?.id, scrollX, scrollY];
  const words = placeIn(get("view"), Math.max(0, get("bar").getBoundingClientRect().bottom));
  const goToProblems = keepProblems();
  document.title = page.title;
  morph(document.body, page.body);
  if (focused && document.activeElement === document.body) get(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("preview:updated"));
  scrollTo({ left: x, top: y, behavior: "instant" });
  scrollBy({ top: movedBy(words, get("view")), behavior: "instant" });
  goToProblems();
}

/** Update the list of issues, at most twice a second: when many are built, each changes several times. */
function refreshList() {
  listTimer ||= setTimeout(() => {
    listTimer = 0;
    refresh();
  }, 500);
}

/** Check whether the page is a list in which few issues are being checked: after the start, that is said of each. */
const isQuietList = () => Number(get("main").dataset.checking ?? Infinity) <= 3;

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
    const { slug, version, text, stamp, is_provisional: emailFirst } = JSON.parse(event.data);
    const { issue, version: current } = document.body.dataset;
    if ((issue && issue !== slug) || version < Number(current)) return;
    // An earlier event may have brought this version. Its status is still to be said.
    if (version > Number(current)) {
      if (issue) refresh(stamp, emailFirst);
      else refreshList();
    }
    if (stamp && stamp !== newestStamp) showNotice("");
    newestStamp = stamp || newestStamp;
    if (text && (issue || isQuietList())) announce(issue ? text : `${slug}: ${text}`);
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

/** Show what the address selects now, and remember it. */
function choose() {
  keepChoices();
  refresh();
}

// Selecting an option changes the page in place, so that the option keeps the focus.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || hasModifier(event)) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  choose();
});
addEventListener("popstate", choose);
addEventListener("pagehide", () => {
  events?.close();
  const [frame] = framesIn(document);
  if (frame) keepPlace(frame);
});
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", listen);

/** Prepare a frame that has loaded. */
function prepare(frame) {
  explainLinks(frame, showNotice);
  frame.contentDocument?.addEventListener("keydown", onKey);
  frame.contentDocument?.addEventListener("scroll", () => follow(frame), { passive: true });
  keepFitting(frame);
  if (frame === framesIn(document)[0]) recallPlace(frame);
  if (hasOtherEmail(frame)) refresh();
  else follow(framesIn(document)[0]);
}

// Frames that loaded before this script, and each later one. The load event does not bubble.
framesIn(document).forEach(prepare);
document.addEventListener("load", ({ target }) => framesIn(document).includes(target) && prepare(target), true);

// Pass the height of the bar to the styles, so that it never covers the focus.
const bar = document.querySelector(".top");
const measure = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
new ResizeObserver(measure).observe(bar);
measure();

closeMenus();
offerKeys();
if (recallChoices()) refresh();
