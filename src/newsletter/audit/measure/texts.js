/* Each text node and each of its words: its appearance, what hides it and what breaks it. */
const where = (element) => {
  const names = [];
  for (let at = element; at && names.length < 4; at = at.parentElement)
    names.unshift(at.localName + (at.className ? "." + at.className.split(" ").join(".") : ""));
  return names.join(" > ");
};
const ancestors = (element) => {
  const elements = [];
  for (let at = element; at; at = at.parentElement) elements.push(at);
  return elements;
};
const content = (block) => {
  const box = block.getBoundingClientRect(), { style } = of(block);
  const side = (name) => parseFloat(style[`padding${name}`]) + parseFloat(style[`border${name}Width`]);
  return { left: box.left + side("Left"), right: box.right - side("Right") };
};
const range = document.createRange();
const rects = (node, start, end) => {
  range.setStart(node, start);
  range.setEnd(node, end);
  return [...range.getClientRects()].filter((rect) => rect.width > 0);
};
const lines = (boxes) => new Set(boxes.map((box) => Math.round(box.top))).size;
const isVisible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const sizeOf = (element, style = of(element).style) =>
  parseFloat(style.fontSize) * (element.currentCSSZoom ?? 1) * of(element).scale;
// 24 px, or 18.66 px and bold: https://www.w3.org/TR/WCAG22/#dfn-large-scale
const isLarge = (size, style) => size >= 24 || (parseInt(style.fontWeight, 10) >= 700 && size >= 18.66);
const contrastOf = (element) => contrast(over(rgba(of(element).style.color), of(element).background), of(element).background);

const hiddenBy = (element, boxes, size) => {
  const { opacity, scrolls, isCut, hides } = of(element);
  if (!isVisible(element)) return "style";
  if (!boxes.length || boxes.every((box) => box.width < 1 || box.height < 1)) return "no room";
  if (size < 3) return "size";
  // Nobody sees less than this. Above it, the contrast of the pixels is measured.
  if (opacity < 0.05) return "opacity";
  if (!scrolls && boxes.some((box) => box.left < 0 || box.top < 0 || box.left >= page.scrollWidth)) return "outside";
  if (isCut) return "clip";
  if (hides.some((frame) => boxes.some((box) => box.right > frame.right + 1 || box.bottom > frame.bottom + 1))) return "overflow";
  return contrastOf(element) < 1.5 ? "colour" : "";
};

// A number with signs that can change places: 01632 960 001, 01632-960-001, (01632) 960 001, +44.
const NUMBER = /(?:\(\+?\d+\)|\+?\d+)(?:(?:[ \u00a0]\u200b?|[-‐‑]|(?=\()|(?<=\)))(?:\(\d+\)|\d+))+|\+\d+/g;

const texts = [], split = [], words = [], numbers = [], begun = new Set();
const reading = [];  // texts and pictures, in the order of the page
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  if (node.nodeType === 1) {
    const box = node.localName === "img" && node.alt && isVisible(node) ? node.getBoundingClientRect() : null;
    if (box && hasRoom(box))
      reading.push({ number: of(node).number, words: node.alt, block: of(node).block, box, first: box, isPicture: true, hidden: "" });
    continue;
  }
  const element = node.parentElement;
  if (!node.data.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
  const own = of(element), { style, block } = own;
  const size = sizeOf(element);
  const boxes = rects(node, 0, node.data.length);
  const hidden = hiddenBy(element, boxes, size);
  const inside = content(block), frame = block.getBoundingClientRect();
  const rightToLeft = of(block).style.direction === "rtl";
  let indent = 0;
  if (!hidden && !begun.has(block)) {
    begun.add(block);
    const first = around(boxes.filter((box) => Math.abs(box.top - boxes[0].top) < 2));
    indent = rightToLeft ? inside.right - first.right : first.left - inside.left;
  }
  const text = {
    number: own.number,
    element: own.position,
    box: boxes.length ? around(boxes) : null,
    hasDeclaredColours: own.hasDeclaredColours,
    isLarge: isLarge(size, style),
    words: collapsed(node.data),
    where: where(element),
    tags: ancestors(element).map((at) => at.localName),
    classes: ancestors(element).flatMap((at) => [...at.classList]),
    lang: element.closest("[lang]")?.lang ?? "",
    size,
    // "normal" is about 1.2.
    line: (parseFloat(of(block).style.lineHeight) || 1.2 * size) / parseFloat(of(block).style.fontSize),
    italic: style.fontStyle !== "normal",
    transform: style.textTransform,
    align: style.textAlign,
    rightToLeft,
    indent,
    contrast: contrastOf(element),
    colours: `${style.color} on ${own.background.slice(0, 3).map(Math.round)}`,
    picture: own.isPictured,
    hidden,
    spills: !hidden && boxes.some((box) => box.right > frame.right + 1 || box.left < frame.left - 1),
  };
  texts.push(text);
  reading.push({ ...text, block, first: boxes[0], isAway: !boxes.length || !hasRoom(intersection(boxes[0], own.clip)) });
  if (hidden && hidden !== "colour") continue;
  for (const match of node.data.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
    const parts = rects(node, match.index, match.index + match[0].length);
    for (const part of parts) {
      const box = intersection(part, own.clip);
      if (hasRoom(box)) words.push({ word: match[0], box, text, element, isRaised: !!element.closest("sup, sub") });
    }
    if (!hidden && lines(parts) > 1) {
      const width = parts.reduce((sum, box) => sum + box.width, 0);
      // A part of an address breaks if the whole address is too long. No-break spaces do not make such a whole.
      const [start, end] = [node.data.slice(0, match.index).search(/\S*$/), node.data.slice(match.index).search(/\s|$/)];
      const whole = node.data.slice(start, match.index + end);
      const length = rects(node, start, match.index + end).reduce((sum, box) => sum + box.width, 0);
      split.push({ word: match[0], whole, number: own.number, text: node.data.trim(), where: text.where, width, length, room: inside.right - inside.left });
    }
  }
  for (const match of rightToLeft && !hidden ? node.data.matchAll(NUMBER) : []) {
    const lefts = [...match[0].matchAll(/\d+|[-‐‑+()]/g)].map(
      (group) => rects(node, match.index + group.index, match.index + group.index + group[0].length)[0].left);
    numbers.push({ number: match[0].replaceAll("\u00a0", " ").replaceAll("\u200b", ""), element: own.number, text: node.data.trim(), lefts });
  }
}

// Words that a style sheet adds before or after an element, and numbers of lists. They are not text nodes, but are read.
const wordsIn = (content) => [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1]).join("");
const generated = (element, part, isText) => {
  const style = getComputedStyle(element, part), size = sizeOf(element, style);
  const background = over(rgba(style.backgroundColor), of(element).background);
  return !isText(style) ? [] : [{
    number: of(element).number, words: wordsIn(style.content) || collapsed(element.textContent), size, isLarge: isLarge(size, style),
    contrast: contrast(over(rgba(style.color), background), background),
  }];
};
const isWord = ({ content, display }) => display !== "none" && /[\p{L}\p{N}]/u.test(wordsIn(content));
const isNumbered = ({ content }) => content === "normal" || /[\p{L}\p{N}]/u.test(wordsIn(content));
const addedTo = (element) => [
  ...PARTS.flatMap((part) => generated(element, part, isWord)),
  ...(of(element).style.display === "list-item" && !/^(none|disc|circle|square)$/.test(of(element).style.listStyleType)
    ? generated(element, "::marker", isNumbered) : []),
];
const added = [...measured.keys()].filter((element) => document.body.contains(element) && isVisible(element)).flatMap(addedTo);

// The numbers and signs of lists, which have no box that a script could ask for. A ruler in the item has the text of its number.
const items = [...measured.keys()].filter((element) => of(element).style.display === "list-item" && isVisible(element)
  && of(element).style.listStylePosition === "outside" && of(element).style.listStyleType !== "none");
const types = [...new Set(items.map((item) => of(item).style.listStyleType))];
const isSign = (type) => /^(disc|circle|square)$/.test(type);
const numbering = document.createElement("style");
numbering.textContent = types.filter((type) => !isSign(type)).map((type) => `[newsletter-ruler="${types.indexOf(type)}"]::before {
  content: ${/^["']/.test(type) ? type : `counter(list-item, ${type}) ". "`}; }`).join("\n");
document.head.append(numbering);
const itemRulers = items.map((item) => {
  const ruler = document.createElement("span");
  ruler.style.cssText = "position:absolute;visibility:hidden;white-space:pre;width:max-content;overflow-wrap:normal;padding:0";
  ruler.setAttribute("newsletter-ruler", types.indexOf(of(item).style.listStyleType));
  item.prepend(ruler);
  return ruler;
});
const cutMarkers = items.flatMap((item, i) => {
  const { style, above } = of(item), box = item.getBoundingClientRect();
  // As wide as in Chromium: two thirds of a letter's height, and 9 px beside it.
  const width = isSign(style.listStyleType) ? sizeOf(item) * 2 / 3 + 9 : itemRulers[i].getBoundingClientRect().width;
  const left = style.direction === "rtl" ? box.right : box.left - width;
  const frame = intersection(above.clip, { ...EVERYWHERE, left: 0, right: page.clientWidth });
  return left < frame.left - 1 || left + width > frame.right + 1 ? [{ number: of(item).number, words: collapsed(item.textContent) }] : [];
});
itemRulers.forEach((ruler) => ruler.remove());
numbering.remove();
