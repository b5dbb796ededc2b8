/* What is known of every element: how it looks, on what ground, how large it is drawn, and what cuts it off.

   The files of this folder are one function's body, in the order of browser.py. Sizes are in CSS pixels; boxes count from
   the top left corner of the page. `number` is that of the element in the email (see numbering.py), or of the one before
   it for what has none; -1 for none. `element` is its position among all elements of the document. */
scrollTo(0, 0);
const page = document.documentElement;
const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().duration > 0)
  .map((one) => one.effect.target).filter((at) => at instanceof Element);
// What moves is measured at rest: else each look would find something different.
document.getAnimations().forEach((one) => one.cancel());

const rgba = (colour) => {
  const parts = colour.match(/[\d.]+/g).map(Number);
  const unit = colour.startsWith("color(srgb") ? 255 : 1;
  return [parts[0] * unit, parts[1] * unit, parts[2] * unit, parts[3] ?? 1];
};
const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a)).concat(1);
const luminance = (colour) => {
  const [r, g, b] = colour.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const probe = document.createElement("span");
probe.style.cssText = "background-color: Canvas";
document.body.append(probe);
const canvas = rgba(getComputedStyle(probe).backgroundColor);
probe.remove();

const common = (one, other) => ({
  left: Math.max(one.left, other.left), top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom),
});
const hasRoom = (box) => box.right > box.left && box.bottom > box.top;
const holds = (frame, box) => box.left >= frame.left - 1 && box.right <= frame.right + 1
  && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
const around = (boxes) => ({
  left: Math.min(...boxes.map((box) => box.left)), top: Math.min(...boxes.map((box) => box.top)),
  right: Math.max(...boxes.map((box) => box.right)), bottom: Math.max(...boxes.map((box) => box.bottom)),
});
const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
const withWords = (words) => words.trim().replace(/\s+/g, " ");

const mentions = (rules, what) => [...rules].some((rule) => what.test(rule.selectorText ?? "")
  || (rule.cssRules && mentions(rule.cssRules, what)));
const isMentioned = (what) => [...document.styleSheets].some((sheet) => mentions(sheet.cssRules, what));
// Asking each element for what a style sheet puts before and after it costs as much as all the rest.
const PARTS = ["::before", "::after"].filter(() => isMentioned(/:(before|after)\b/));
const isForced = matchMedia("(forced-colors: active)").matches;
const DRAWN = new Set(["IMG", "SVG", "svg", "VIDEO", "CANVAS", "IFRAME", "OBJECT", "HR"]);

const root = {
  number: -1, opacity: 1, scale: 1, ground: canvas, asAsked: true, isPictured: false, scrolls: false, isCut: false,
  clip: EVERYWHERE, hides: [], paint: "", plate: null, block: null,
};
const known = new Map();
let last = root;
const of = (element) => known.get(element) ?? root;
const scaleOf = (style) => {
  let scale = 1;
  if (style.transform !== "none") {
    const { a, b, c, d } = new DOMMatrix(style.transform);
    scale *= Math.min(Math.hypot(a, b), Math.hypot(c, d));
  }
  return style.scale === "none" ? scale : scale * Math.min(...style.scale.split(" ").map(Number));
};
[...document.querySelectorAll("*")].forEach((element, position) => {
  const above = of(element.parentElement);
  const style = getComputedStyle(element);
  const own = rgba(style.backgroundColor);
  const hasPicture = style.backgroundImage !== "none";
  const isPlain = !hasPicture && style.opacity === "1" && style.filter === "none" && style.mixBlendMode === "normal"
    && style.textShadow === "none" && style.webkitTextFillColor === style.color;
  const opacity = above.opacity * Number(style.opacity);
  const isPage = element === page || element === document.body;
  const overflows = !isPage && style.overflow !== "visible" && style.display !== "inline";
  const isPainted = !isPage && (own[3] > 0 || hasPicture || DRAWN.has(element.tagName));
  const frame = overflows || isPainted ? element.getBoundingClientRect() : null;
  const parts = PARTS.map((part) => getComputedStyle(element, part)).filter(({ content }) => !/^(none|normal)$/.test(content))
    .map((part) => [part.content, part.backgroundColor, part.backgroundImage, part.position].join());
  const paint = [
    own[3] > 0 ? style.backgroundColor : "", hasPicture ? style.backgroundImage : "", isPlain ? "" : [style.opacity, style.filter,
      style.mixBlendMode, style.textShadow, style.webkitTextFillColor].join(), style.clipPath === "none" ? "" : style.clipPath, ...parts,
  ].join("");
  known.set(element, {
    element, position, style, above,
    number: Number(element.getAttribute("newsletter-element") ?? last.number),
    opacity,
    scale: above.scale * scaleOf(style),
    ground: own[3] === 1 ? own : over(own, above.ground),
    // Whether the colours that were asked for are those on the screen: else only its pixels can tell.
    // In forced colours they are: text gets a ground of its own there, before any picture
    // (https://www.w3.org/TR/css-color-adjust-1/#forced-backplate).
    asAsked: isForced || (above.asAsked && isPlain),
    isPictured: above.isPictured || hasPicture,
    scrolls: above.scrolls || /auto|scroll/.test(style.overflowX),
    isCut: above.isCut || style.clipPath !== "none" || style.clip !== "auto",
    // What is seen of its content, and the boxes that hide what sticks out of them.
    clip: overflows ? common(above.clip, frame) : above.clip,
    hides: overflows && /hidden|clip/.test(style.overflow) ? [...above.hides, frame] : above.hides,
    isPainted,
    paint: paint ? `${above.paint}>${paint}` : above.paint,
    // The nearest box that gives a ground to what is in it.
    plate: !isPage && own[3] > 0 ? element : above.plate,
    block: style.display === "inline" ? above.block : element,
  });
  last = known.get(element);
});
