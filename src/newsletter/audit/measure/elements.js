/* Every element: its style, its background, its scale, and what cuts it off.

   elements.js, texts.js, layers.js and boxes.js are the body of one function, in this order. It returns PageMeasurements; see
   __init__.py, which also says what `number` and `element` mean. */
scrollTo(0, 0);
const page = document.documentElement;
const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().duration > 0)
  .map((one) => one.effect.target).filter((at) => at instanceof Element);
// Animations are stopped, so that each measurement has the same result.
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

const intersection = (one, other) => ({
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
const collapsed = (words) => words.trim().replace(/\s+/g, " ");

const mentions = (rules, pattern) => [...rules].some((rule) => pattern.test(rule.selectorText ?? "")
  || (rule.cssRules && mentions(rule.cssRules, pattern)));
const isMentioned = (pattern) => [...document.styleSheets].some((sheet) => mentions(sheet.cssRules, pattern));
// Reading ::before and ::after of each element takes as long as everything else, so only if a style sheet has them.
const PARTS = ["::before", "::after"].filter(() => isMentioned(/:(before|after)\b/));
const isForced = matchMedia("(forced-colors: active)").matches;
const PICTURE_TAGS = new Set(["IMG", "SVG", "svg", "VIDEO", "CANVAS", "IFRAME", "OBJECT", "HR"]);

const root = {
  number: -1, opacity: 1, scale: 1, background: canvas, hasDeclaredColours: true, isPictured: false, scrolls: false, isCut: false,
  clip: EVERYWHERE, hides: [], paint: "", backdrop: null, block: null,
};
const measured = new Map();
let last = root;
const of = (element) => measured.get(element) ?? root;
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
  const isPainted = !isPage && (own[3] > 0 || hasPicture || PICTURE_TAGS.has(element.tagName));
  const frame = overflows || isPainted ? element.getBoundingClientRect() : null;
  const parts = PARTS.map((part) => getComputedStyle(element, part)).filter(({ content }) => !/^(none|normal)$/.test(content))
    .map((part) => [part.content, part.backgroundColor, part.backgroundImage, part.position].join());
  const paint = [
    own[3] > 0 ? style.backgroundColor : "", hasPicture ? style.backgroundImage : "", isPlain ? "" : [style.opacity, style.filter,
      style.mixBlendMode, style.textShadow, style.webkitTextFillColor].join(), style.clipPath === "none" ? "" : style.clipPath, ...parts,
  ].join("");
  measured.set(element, {
    element, position, style, above,
    number: Number(element.getAttribute("newsletter-element") ?? last.number),
    opacity,
    scale: above.scale * scaleOf(style),
    background: own[3] === 1 ? own : over(own, above.background),
    // Whether the declared colours are those on the screen; otherwise only the pixels show them.
    // In forced colours they are: there, text has its own background in front of any picture
    // (https://www.w3.org/TR/css-color-adjust-1/#forced-backplate).
    hasDeclaredColours: isForced || (above.hasDeclaredColours && isPlain),
    isPictured: above.isPictured || hasPicture,
    scrolls: above.scrolls || /auto|scroll/.test(style.overflowX),
    isCut: above.isCut || style.clipPath !== "none" || style.clip !== "auto",
    // The visible area of its content, and the boxes that hide what sticks out of them.
    clip: overflows ? intersection(above.clip, frame) : above.clip,
    hides: overflows && /hidden|clip/.test(style.overflow) ? [...above.hides, frame] : above.hides,
    isPainted,
    paint: paint ? `${above.paint}>${paint}` : above.paint,
    // The nearest element that has a background colour.
    backdrop: !isPage && own[3] > 0 ? element : above.backdrop,
    block: style.display === "inline" ? above.block : element,
  });
  last = measured.get(element);
});
