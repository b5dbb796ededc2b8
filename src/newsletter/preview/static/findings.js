// Marks each finding in the email at its place, and leads from a part of the email to its lines. Without this script,
// the lists beside the email have the same words and links.

import { framesIn } from "./email.js";
import { store, stored } from "./storage.js";

const KEPT = "marks";
const SIZE = 32; // of a mark with what is around it, in px
const STYLE = `
  :host { all: initial; position: absolute; top: 0; left: 0; width: 0; height: 0; }
  button { position: absolute; box-sizing: border-box; width: 26px; height: 26px; padding: 0; border: 2px solid #fff;
    outline: 2px solid #664000; background: #664000; color: #fff; font: bold 14px/1 sans-serif; border-radius: 50%;
    cursor: pointer; }
  button.error { outline-color: #8a1414; background: #8a1414; border-radius: 3px; }
  button:focus-visible { outline: 4px solid #000; box-shadow: 0 0 0 6px #fff; }
  div { position: absolute; box-sizing: border-box; border: 3px dashed #0b4a53; outline: 2px solid #fff;
    pointer-events: none; }
`;
const get = (id) => document.getElementById(id);
const frames = () => framesIn(document);
const entries = () => [...document.querySelectorAll("aside .finding")];
// What is drawn over each email. It is outside of the email's body, and takes no room in its page.
const layers = new WeakMap();
const watched = new WeakSet();
const sizes = new ResizeObserver(() => drawAll());
// Whether the list is beside the email, as in email.css. In a narrower window the whole page would move.
const BESIDE = matchMedia("(min-width: 60em) and (min-height: 30em)");
let chosen = [];
// The part that was clicked in the email. Its lines are below the list of problems, and maybe out of view.
let clicked = "";

const isOn = () => stored(KEPT) !== "off";
const partsOf = (entry) => entry.dataset.parts.split(" ").filter(Boolean);
const elementOf = (page, part) => page.querySelector(`[data-part="${CSS.escape(part)}"]`);

/** Return the layer over an email, empty. */
function layerOver(page) {
  let layer = layers.get(page);
  if (!layer?.host.isConnected) {
    const host = page.createElement("newsletter-marks");
    host.lang = "en-GB";
    layer = host.attachShadow({ mode: "open" });
    const sheet = new page.defaultView.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    layer.adoptedStyleSheets = [sheet];
    page.documentElement.append(host);
    layers.set(page, layer);
  }
  layer.replaceChildren();
  return layer;
}

/** Draw the marks of all findings over an email, and a frame around what is chosen. */
function draw(frame) {
  const page = frame.contentDocument;
  if (!page?.body) return;
  watch(page);
  const layer = layerOver(page);
  const { left, top } = layer.host.getBoundingClientRect();
  const taken = new Map();
  for (const part of chosen) {
    const box = elementOf(page, part)?.getBoundingClientRect();
    if (!box?.width) continue;
    const around = layer.appendChild(page.createElement("div"));
    Object.assign(around.style, {
      left: `${box.left - left - 4}px`, top: `${box.top - top - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px`,
    });
  }
  if (!isOn()) return;
  const last = page.documentElement.clientWidth - SIZE;
  for (const entry of entries()) {
    const { number } = entry.dataset;
    for (const part of partsOf(entry)) {
      const box = elementOf(page, part)?.getBoundingClientRect();
      if (!box?.width) continue;
      const before = taken.get(part) ?? 0;
      taken.set(part, before + 1);
      const mark = layer.appendChild(page.createElement("button"));
      mark.type = "button";
      mark.className = entry.classList.contains("error") ? "error" : "";
      mark.textContent = number;
      mark.setAttribute("aria-label", `${get(`show-${number}`).textContent.trim()} Show it in the list.`);
      const margin = box.left - left - SIZE;
      // In the margin, beside each other; if there is too little of it, as on a phone, above the words.
      const [x, y] = margin >= 0 ? [margin - SIZE * before, 0] : [2 + SIZE * before, -24];
      mark.style.left = `${Math.max(2, Math.min(last, x))}px`;
      mark.style.top = `${Math.max(2, box.top - top + y)}px`;
      mark.addEventListener("click", () => openEntry(number));
    }
  }
}

function drawAll() {
  for (const frame of frames()) draw(frame);
}

/** Listen for clicks in an email, and for changes of its size. */
function watch(page) {
  if (watched.has(page)) return;
  watched.add(page);
  sizes.observe(page.body);
  page.addEventListener("click", (event) => {
    const part = event.target.closest?.("[data-part]");
    if (part && page.getSelection().isCollapsed && !event.button) choose(part.dataset.part);
  });
}

/** Open a finding in the list, and go there. */
function openEntry(number) {
  const about = get(`about-${number}`);
  about.open = true;
  get(`show-${number}`).focus();
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
    return { inside: frame.contentWindow, box: boxes.find((box) => box?.width) };
  });
  if (!places[0]?.box || places.every(({ inside, box }) => box && box.top >= 0 && box.bottom <= inside.innerHeight)) return;
  // Of two emails, the other one follows (see together.js): the same words are at the top of both.
  const { inside, box } = places[0];
  const room = places.length > 1 ? 8 : inside.innerHeight / 4;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  inside.scrollTo({ top: inside.scrollY + box.top - room, behavior });
}

/** Bring everything up to date with the page. */
function update() {
  const shown = get("marks-shown");
  if (shown) {
    shown.hidden = false;
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
  if (entry && target.open) show(partsOf(entry));
}, true);
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[data-part]");
  if (!link) return;
  // In a narrow window the email is above the list.
  frames()[0]?.scrollIntoView({ block: "nearest", behavior: "instant" });
  show([link.dataset.part]);
});
document.addEventListener("change", ({ target }) => {
  if (target.id !== "show-marks") return;
  store(KEPT, target.checked ? "on" : "off");
  drawAll();
});
document.addEventListener("load", ({ target }) => frames().includes(target) && update(), true);
// The email in the frame changes right after the page around it.
document.addEventListener("preview:updated", () => requestAnimationFrame(update));
update();
