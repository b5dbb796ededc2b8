// The email in its frame. A save changes it in place, because loading the frame again takes several times as long.

import { morph } from "./morph.js";
import { movedBy, placeIn } from "./place.js";
import { store, stored } from "./storage.js";
import { fit, offsetOf, scrollerOf } from "./whole.js";

// The address of the email that a frame shows, if it is not the address that the frame was loaded from.
const addresses = new WeakMap();
let hasRecalled = false;
const nameOfPlace = () => `place-${document.body.dataset.issue}`;

/** Return the frames with the email in a page: none, one, or that of a desktop and that of a phone. */
export const framesIn = (page) => [...page.querySelectorAll(".frames > iframe")];

/** Return the address of the email that a frame shows. */
export const addressOf = (frame) => addresses.get(frame) ?? frame?.getAttribute("src");

/** Return the address of a new email before its page has arrived; null if it is not known, or already in the frame. */
export function addressAfter(frame, stamp) {
  const address = addressOf(frame);
  if (!stamp || !address?.startsWith("page?") || address.includes("edition=")) return null;
  const after = address.replace(/\bv=\d+$/, `v=${stamp}`);
  return after === address ? null : after;
}

/** Check whether a frame has loaded another email than its page says. Going back, browsers load its first address. */
export function hasOtherEmail(frame) {
  const [loaded, wanted] = [frame.contentWindow?.location, new URL(addressOf(frame), location.href)];
  if (loaded?.pathname !== wanted.pathname || loaded.search === wanted.search) return false;
  addresses.set(frame, loaded.pathname.split("/").pop() + loaded.search);
  return true;
}

/** Return a function that scrolls a frame back to where the reader is now. Call it when the frame has changed. */
export function savePlace(frame) {
  const { contentWindow: inside, contentDocument: page } = frame;
  const [x, y] = [inside.scrollX, inside.scrollY];
  const offset = offsetOf(frame);
  const words = y > 0 || offset < 0 ? placeIn(page.body, -offset) : null;
  return () => {
    if (!frame.isConnected || frame.contentDocument !== page) return;
    if (inside.scrollX !== x || inside.scrollY !== y) inside.scrollTo(x, y);
    fit(frame);
    const moved = words ? movedBy(words, page.body) + offsetOf(frame) - offset : 0;
    if (moved) scrollerOf(frame).scrollBy({ top: moved, behavior: "instant" });
  };
}

/** Store where the reader is in the email, for when this window shows it again. */
export function keepPlace(frame) {
  const { contentWindow: inside, contentDocument: page } = frame;
  if (!page?.body) return;
  const offset = offsetOf(frame);
  const { words, rank, top } = placeIn(page.body, -offset) ?? {};
  store(nameOfPlace(), JSON.stringify({ y: inside.scrollY, words, rank, top: top + offset }), "sessionStorage");
}

/** Scroll the email to where the reader was when this window showed it last, as soon as it has loaded. */
export function recallPlace(frame) {
  const { contentWindow: inside, contentDocument: page } = frame;
  if (hasRecalled || page?.readyState !== "complete" || page.URL === "about:blank") return;
  hasRecalled = true;
  const position = stored(nameOfPlace(), "sessionStorage");
  if (!position) return;
  const { y, words, rank, top } = JSON.parse(position);
  inside.scrollTo(0, y);
  // The node of the words was in the page that was closed.
  const moved = words ? movedBy({ node: { isConnected: false }, words, rank, top }, page.body) : 0;
  if (words) scrollerOf(frame).scrollBy(0, moved + offsetOf(frame));
}

/** Show another email in a frame, from its address and its HTML. */
export function show(frame, address, html) {
  addresses.set(frame, address);
  const { contentWindow: inside, contentDocument: old } = frame;
  // If the frame has no finished email to change, it has to load the new one.
  if (old?.readyState !== "complete" || !old.body?.childElementCount) {
    frame.src = address;
    return;
  }
  // Use the frame's own parser: this page's parser drops what this page's policy forbids, such as styles.
  const now = new inside.DOMParser().parseFromString(html, "text/html");
  morph(old.documentElement, now.documentElement);
}

/** Show the address of each link that is clicked in the email. With a modifier key, a page opens that shows it. */
export function explainLinks(frame, showNotice) {
  frame.contentDocument?.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || hasModifier(event)) return;
    event.preventDefault();
    showNotice(`This link goes to ${new URL(link.href).searchParams.get("to")}. The preview does not open links.`);
  });
}

/** Check whether a click is for a new tab, a new window or a download. */
export const hasModifier = (event) => event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
