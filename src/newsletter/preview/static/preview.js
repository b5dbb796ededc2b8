// Shows each save at once, in place: focus, scrolling and what is open stay as they were. Without this script every
// page of the preview works, and is as new as the last time it was loaded.

import { movedBy, placeIn } from "./place.js";

const get = (id) => document.getElementById(id);
const said = get("said");
const told = get("told");
let asking = new AbortController();
let saying = 0;
let waiting = 0;
let events = null;

/** Fetch the page at the window's address and make this one like it. */
async function refresh() {
  asking.abort();
  asking = new AbortController();
  let html;
  try {
    const answer = await fetch(location.href, { signal: asking.signal });
    if (answer.status === 404) return; // the issue is gone; what was seen last stays
    html = await answer.text();
  } catch {
    return; // a newer save came, or the preview has stopped, which is told elsewhere
  }
  const now = new DOMParser().parseFromString(html, "text/html");
  const [focused, x, y] = [document.activeElement?.id, scrollX, scrollY];
  const place = placeIn(get("view"), get("bar").getBoundingClientRect().bottom);
  document.title = now.title;
  morph(document.body, now.body);
  if (focused && document.activeElement === document.body) get(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("preview:renewed"));
  scrollTo({ left: x, top: y, behavior: "instant" });
  scrollBy({ top: movedBy(place, get("view")), behavior: "instant" });
}

/** Make an element like another one, and leave alone whatever they have in common. */
function morph(old, now) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  if ("keep" in old.dataset || old.isEqualNode(now)) return;
  if (old.classList.contains("frames")) renewFrame(old, now.querySelector("iframe"));
  // Whether a reader has opened something is the reader's.
  const mine = old.localName === "details" ? ["open"] : [];
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && !mine.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (old.getAttribute(name) !== value && !mine.includes(name)) old.setAttribute(name, value);
  }
  if (!old.classList.contains("frames")) morphChildren(old, now);
}

function morphChildren(old, now) {
  let at = old.firstChild;
  for (const wanted of [...now.childNodes]) {
    const same = alike(at, wanted);
    if (!same) {
      old.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    while (at !== same) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    at = same.nextSibling;
    morph(same, wanted);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** Find, from a node on, the one that another stands for: of the same id, or the next of its kind without any. */
function alike(from, wanted) {
  for (let node = from; node; node = node.nextSibling) {
    if (node.nodeName === wanted.nodeName && (node.id ?? "") === (wanted.id ?? "")) return node;
    if (node.id && !wanted.id) return null;
  }
  return null;
}

/** Load the new email behind the old one; when it is there, it takes the other's place, scrolled as far. */
function renewFrame(frames, wanted) {
  const current = frames.querySelector("iframe:not(.coming)");
  const newest = frames.querySelector("iframe.coming") ?? current;
  if (!wanted || newest.getAttribute("src") === wanted.getAttribute("src")) {
    if (wanted) newest.title = wanted.title;
    return;
  }
  frames.querySelector("iframe.coming")?.remove();
  const coming = document.importNode(wanted, true);
  coming.removeAttribute("id");
  coming.classList.add("coming");
  coming.addEventListener("load", () => {
    if (!coming.isConnected) return; // a newer one took its place while it loaded
    const [before, after] = [current.contentWindow, coming.contentWindow];
    if (before && after) {
      const place = before.scrollY > 0 ? placeIn(before.document.body, 0) : null;
      after.scrollTo(before.scrollX, before.scrollY);
      after.scrollBy(0, movedBy(place, after.document.body));
    }
    tellLinks(coming);
    const hadFocus = document.activeElement === current;
    coming.id = current.id;
    current.remove();
    coming.classList.remove("coming");
    if (hadFocus) coming.focus({ preventScroll: true });
  });
  frames.append(coming);
}

/** Ask for the new email of the first edition before the page that frames it is there: its address is known. */
function anticipate(stamp) {
  const frame = document.querySelector(".frames > iframe:last-child");
  const address = frame?.getAttribute("src").replace(/\bv=\d+$/, `v=${stamp}`);
  if (!stamp || !address?.startsWith("page?") || address.includes("edition=")) return;
  const wanted = frame.cloneNode();
  wanted.setAttribute("src", address);
  renewFrame(frame.parentElement, wanted);
}

/** Say where a link in the email would lead. It leads to a page that says the same, which another key opens. */
function tellLinks(frame) {
  frame.contentDocument?.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || hasKey(event)) return;
    event.preventDefault();
    tell(`This link leads to ${new URL(link.href).searchParams.get("to")}. The preview does not follow it.`);
  });
}

const hasKey = (event) => event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

/** Say how the issue stands, without interrupting: of several things in a row the last, and never the same twice. */
function say(words) {
  if (said.textContent === words) return;
  clearTimeout(saying);
  said.textContent = ""; // it is not true any more
  saying = setTimeout(() => (said.textContent = words), 600);
}

/** Show and say something that is not about a save; it stays until it is answered or a save follows. */
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
    anticipate(stamp);
    refresh();
    tell("");
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
addEventListener("popstate", refresh);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", listen);

for (const frame of document.querySelectorAll(".frames > iframe")) {
  frame.addEventListener("load", () => tellLinks(frame));
  tellLinks(frame);
}

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
