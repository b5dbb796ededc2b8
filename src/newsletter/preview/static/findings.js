// Marks each finding in the email at its place, and leads from a part of the email to its lines. Without this script,
// the lists beside the email have the same words and links.

import { framesIn } from "./email.js";
import { placesOf } from "./marks.js";
import { addToEnd } from "./morph.js";
import { store, stored } from "./storage.js";
import { isWhole, offsetOf, scrollerOf } from "./whole.js";

const CHOICE_KEY = "marks";
const STYLE = `
  :host { all: initial; position: absolute; top: 0; left: 0; width: 0; height: 0; }
  button { position: absolute; box-sizing: border-box; padding: 0; border: 0.125em solid #fff; background: #664000;
    color: #fff; font: bold 1em/1 sans-serif; border-radius: 1em; cursor: pointer; }
  button.error { background: #8a1414; border-radius: 0.2em; }
  button.narrow { border-width: 1px; font-size: 0.875em; letter-spacing: -0.05em; border-radius: 0.6em; }
  /* Of several, the first number and a plus are below each other. */
  button.several { font-size: 0.875em; line-height: 0.9; white-space: pre; }
  /* What can be pressed is 24 px wide (WCAG 2.2, 2.5.8), also where less is elements, so that no word is covered. */
  button::after { content: ""; position: absolute; inset-block: 0; inset-inline-start: -1px; width: 1.75em; }
  button:is(.narrow, .several)::after { width: 2em; }
  button:focus-visible { outline: 4px solid #000; box-shadow: 0 0 0 6px #fff; }
  div { position: absolute; box-sizing: border-box; border: 3px dashed #0b4a53; outline: 2px solid #fff;
    pointer-events: none; }
`;
const get = (id) => document.getElementById(id);
const frames = () => framesIn(document);
const entries = () => [...document.querySelectorAll("aside .finding")];
// What is elements over each email. It is outside of the email's body, and takes no room in its page.
const layers = new WeakMap();
const watched = new WeakSet();
const sizes = new ResizeObserver(() => drawAll());
// Whether the list is beside the email, as in email.css. In a narrower window the email is above the list.
const BESIDE = matchMedia("(min-width: 60em) and (min-height: 30em)");
let chosen = [];
// The part that was clicked in the email. Its lines are below the list of problems, and maybe out of view.
let clicked = "";
// The id of the link that led from the list to the email in a narrow window.
let origin = "";

const isOn = () => stored(CHOICE_KEY) !== "off";
const partsOf = (entry) => entry.dataset.parts.split(" ").filter(Boolean);
const elementOf = (page, part) => page.querySelector(`[data-part="${CSS.escape(part)}"]`);

/** Return the layer over an email. */
function layerOver(page) {
  let layer = layers.get(page);
  if (!layer?.host.isConnected) {
    const host = page.createElement("newsletter-marks");
    host.lang = "en-GB";
    layer = host.attachShadow({ mode: "open" });
    const sheet = new page.defaultView.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    layer.adoptedStyleSheets = [sheet];
    addToEnd(page, host);
    layers.set(page, layer);
  }
  return layer;
}

/** Draw the marks of all findings over an email, and a frame around the chosen part. */
function draw(frame) {
  const page = frame.contentDocument;
  if (!page?.body) return;
  watch(frame);
  const layer = layerOver(page);
  // The layer begins where the page does, however far that is scrolled.
  const { left, top } = layer.host.getBoundingClientRect();
  const elements = [];
  for (const part of chosen) {
    const box = elementOf(page, part)?.getBoundingClientRect();
    if (!box?.width) continue;
    const [x, y] = [box.left - left - 4, box.top - top - 4];
    elements.push(put(layer, "div", part, { left: x, top: y, width: box.width + 8, height: box.height + 8 }));
  }
  if (isOn()) elements.push(...drawMarks(layer, page, Number(getComputedStyle(frame).scale) || 1));
  for (const old of [...layer.children]) if (!elements.includes(old)) old.remove();
  elements.forEach((element, at) => layer.children[at] === element || layer.insertBefore(element, layer.children[at]));
}

/** Draw the marks of all findings from the top of an email to its end, and return them. (See `placesOf`.) */
function drawMarks(layer, page, scale) {
  const { left, top } = layer.host.getBoundingClientRect();
  layer.host.style.fontSize = `${14 / scale}px`;
  const marks = entries().flatMap((entry) => partsOf(entry).map((part, at) => {
    return { entry, name: `${entry.id} ${at}`, element: elementOf(page, part) };
  }));
  for (const mark of marks) {
    mark.box = mark.element?.getBoundingClientRect();
    mark.direction = mark.element && page.defaultView.getComputedStyle(mark.element).direction;
    mark.isFromRight = mark.direction === "rtl";
  }
  const visible = marks.filter(({ box }) => box?.width);
  return placesOf(visible, page, scale).map((place) => {
    const [{ name, direction }] = place.marks;
    // Errors are the first in the list.
    const all = [...new Set(place.marks.map(({ entry }) => entry))].sort((one, other) => one.dataset.number - other.dataset.number);
    const [first] = all;
    const mark = put(layer, "button", name, { ...place, left: place.left - left, top: place.top - top });
    mark.type = "button";
    mark.dir = direction;
    mark.classList.toggle("error", first.classList.contains("error"));
    mark.classList.toggle("narrow", place.width < place.height * 0.75);
    mark.classList.toggle("several", all.length > 1);
    mark.textContent = first.dataset.number + (all.length > 1 ? "\n+" : "");
    const names = all.map((entry) => get(`show-${entry.id}`).textContent.replace(/\s+/g, " ").trim());
    const [count, what] = all.length > 1 ? [`${all.length} problems: `, "the first of them"] : ["", "it"];
    mark.setAttribute("aria-label", `${count}${names.join(" ")} Show ${what} in the list.`);
    mark.onclick = () => openEntry(first.id);
    return mark;
  });
}

/**
 * Put an element into a layer at a place in the page of the email, in px, and return it. One of this name and for this
 * part or finding that is already there only moves: a mark that is pressed, or has the focus, keeps both.
 */
function put(layer, name, about, place) {
  let element = [...layer.children].find((each) => each.localName === name && each.dataset.about === about);
  if (!element) {
    element = layer.appendChild(layer.ownerDocument.createElement(name));
    element.dataset.about = about;
  }
  for (const side of ["left", "top", "width", "height"]) element.style[side] = `${place[side]}px`;
  return element;
}

function drawAll() {
  for (const frame of frames()) draw(frame);
}

/** Listen for clicks in the email of a frame, and for changes of its size. */
function watch(frame) {
  const page = frame.contentDocument;
  if (watched.has(page)) return;
  watched.add(page);
  sizes.observe(page.body);
  sizes.observe(frame); // its height changes with its scale
  page.addEventListener("click", (event) => {
    const part = event.target.closest?.("[data-part]");
    if (part && page.getSelection().isCollapsed && !event.button) choose(part.dataset.part);
  });
}

/** Open a finding in the list, and go there. */
function openEntry(id) {
  const about = get(`about-${id}`);
  about.open = true;
  get(`show-${id}`).focus();
}

/** Show the lines of a part beside the email. */
function choose(part) {
  const section = get("part");
  if (!section) return;
  const link = document.createElement("a");
  link.href = section.dataset.address.replace("part=-1", `part=${encodeURIComponent(part)}`);
  link.dataset.swap = "";
  clicked = part;
  // preview.js changes the page in place, as for each link of this kind.
  document.body.append(link);
  link.click();
  link.remove();
}

/** Draw a frame around some parts, and scroll to the first of them if it is not in view in every email. */
function show(parts) {
  chosen = parts;
  drawAll();
  const places = frames().map((frame) => {
    const boxes = parts.map((part) => elementOf(frame.contentDocument, part)?.getBoundingClientRect());
    return { frame, scroller: scrollerOf(frame), box: boxes.find((box) => box?.width) };
  });
  if (!places[0]?.box) return;
  placeButton(places[0]);
  const isInView = ({ frame, scroller, box }) => {
    return box && box.top + offsetOf(frame) >= 0 && box.bottom + offsetOf(frame) <= scroller.innerHeight;
  };
  if (places.every(isInView)) return;
  // Of two emails, the other one follows (see together.js): the same words are at the top of both.
  const { frame, scroller, box } = places[0];
  const room = places.length > 1 ? 8 : scroller.innerHeight / 4;
  // At once: movement tires, and a save in the middle of a smooth scroll would end it.
  scroller.scrollTo({ top: scroller.scrollY + box.top + offsetOf(frame) - room, behavior: "instant" });
}

/** Put the button that leads back to the list above an email that scrolls or, if the page scrolls, above a place in it. */
function placeButton({ frame, box }) {
  const back = get("to-list");
  const top = isWhole(frame) ? Math.max(0, frame.offsetTop + box.top - back.offsetHeight - 8) : null;
  // At the end of the lines above, where there are fewer words to cover.
  back.style.cssText = top === null ? "" : `position: absolute; right: 0; top: ${top}px`;
}

/** Bring the email into view in a narrow window. The focus goes along, to the button that leads back. */
function leadToEmail(link) {
  origin = link.id;
  const back = get("to-list");
  back.hidden = false;
  get("framed").scrollIntoView({ block: "start", behavior: "instant" });
  back.focus({ preventScroll: true });
}

/** Return from the email to where the reader was in the list or, if that does not exist any more, to its start. */
function leadBack() {
  get("to-list").hidden = true;
  const link = get(origin);
  (link?.checkVisibility() ? link : get("beside")).focus();
}

/** Bring everything up to date with the page. */
function update() {
  const choice = get("marks-shown");
  if (choice) {
    choice.hidden = false;
    get("show-marks").checked = isOn();
  }
  const part = get("part")?.dataset.part;
  if (part && part === clicked && BESIDE.matches) get("part-title").scrollIntoView({ block: "start", behavior: "instant" });
  clicked = "";
  const entry = entries().find((each) => each.querySelector("details").open);
  if (part) chosen = [part];
  else chosen = entry ? partsOf(entry) : [];
  drawAll();
}

document.addEventListener("toggle", ({ target }) => {
  const entry = target.closest?.("aside .finding");
  if (!entry || !target.open) return;
  show(partsOf(entry));
  // The entry that closes may be above it, and what to do below the window.
  if (!entry.contains(document.activeElement)) return;
  // Of an entry without room for all of it, the summary is in view.
  for (const each of [entry, entry.querySelector("summary")]) each.scrollIntoView({ block: "nearest", behavior: "instant" });
}, true);
document.addEventListener("click", ({ target }) => {
  if (target.id === "to-list") return leadBack();
  const link = target.closest?.("a[data-part]");
  if (!link) return;
  if (!BESIDE.matches) leadToEmail(link);
  show([link.dataset.part]);
});
document.addEventListener("change", ({ target }) => {
  if (target.id !== "show-marks") return;
  store(CHOICE_KEY, target.checked ? "on" : "off");
  drawAll();
});
document.addEventListener("load", ({ target }) => frames().includes(target) && update(), true);
// The email in the frame changes right after the page around it.
document.addEventListener("preview:updated", () => requestAnimationFrame(update));
update();
