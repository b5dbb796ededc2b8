// The email in its frame. A save changes it in place: to load the frame anew takes several times as long.

import { morph } from "./morph.js";
import { movedBy, placeIn } from "./place.js";

// Which address a frame shows, where that is not the one that it was loaded from.
const shown = new WeakMap();

/** Give the frame with the email in a page, or null. */
export const frameIn = (page) => page.querySelector(".frames > iframe");

/** Give the address that a frame shows. */
export const addressOf = (frame) => shown.get(frame) ?? frame?.getAttribute("src");

/** Give the address of the email of a save before the page that frames it is there; null if not known, or shown. */
export function addressAfter(frame, stamp) {
  const address = addressOf(frame);
  if (!stamp || !address?.startsWith("page?") || address.includes("edition=")) return null;
  const after = address.replace(/\bv=\d+$/, `v=${stamp}`);
  return after === address ? null : after;
}

/** Whether a frame has loaded another email than its page asks for: going back, browsers load what it showed first. */
export function isAstray(frame) {
  const [loaded, wanted] = [frame.contentWindow?.location, new URL(addressOf(frame), location.href)];
  if (loaded?.pathname !== wanted.pathname || loaded.search === wanted.search) return false;
  shown.set(frame, loaded.pathname.split("/").pop() + loaded.search);
  return true;
}

/** Note where somebody reads in a frame; what this gives goes there again when the frame has changed. */
export function place(frame) {
  const { contentWindow: inside, contentDocument: page } = frame;
  const [x, y] = [inside.scrollX, inside.scrollY];
  const words = y > 0 ? placeIn(page.body, 0) : null;
  return () => {
    if (!frame.isConnected || frame.contentDocument !== page) return;
    inside.scrollTo(x, y);
    inside.scrollBy(0, movedBy(words, page.body));
  };
}

/** Have a frame show another email, given as HTML with its address. */
export function show(frame, address, html) {
  shown.set(frame, address);
  const { contentWindow: inside, contentDocument: old } = frame;
  // Before the first email is there, and where there is none to be read, the frame has to load it.
  if (old?.readyState !== "complete" || !old.body?.childElementCount) {
    frame.src = address;
    return;
  }
  // With the frame's own parser: what the policy of this page forbids, such as styles, is lost with this page's.
  const now = new inside.DOMParser().parseFromString(html, "text/html");
  morph(old.documentElement, now.documentElement);
}

/** Tell where a link in the email would lead. It leads to a page that says the same, which another key opens. */
export function tellLinks(frame, tell) {
  frame.contentDocument?.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || hasKey(event)) return;
    event.preventDefault();
    tell(`This link leads to ${new URL(link.href).searchParams.get("to")}. The preview does not follow it.`);
  });
}

/** Whether a click asks for a new tab, or the like. */
export const hasKey = (event) => event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
