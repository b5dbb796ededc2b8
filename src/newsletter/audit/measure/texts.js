/* Each piece of text, and each of its words: what it looks like, what hides it, what breaks it. */
const where = (element) => {
  const names = [];
  for (let at = element; at && names.length < 4; at = at.parentElement)
    names.unshift(at.localName + (at.className ? "." + at.className.split(" ").join(".") : ""));
  return names.join(" > ");
};
const ancestors = (element) => {
  const found = [];
  for (let at = element; at; at = at.parentElement) found.push(at);
  return found;
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
const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const sizeOf = (element, style = of(element).style) =>
  parseFloat(style.fontSize) * (element.currentCSSZoom ?? 1) * of(element).scale;
// 24 px, or 18.66 px and bold: https://www.w3.org/TR/WCAG22/#dfn-large-scale
const isLarge = (size, style) => size >= 24 || (parseInt(style.fontWeight, 10) >= 700 && size >= 18.66);
const contrastOf = (element) => contrast(over(rgba(of(element).style.color), of(element).ground), of(element).ground);

const hiddenBy = (element, boxes, size) => {
  const { opacity, scrolls, isCut, hides } = of(element);
  if (!isSeen(element)) return "style";
  if (!boxes.length || boxes.every((box) => box.width < 1 || box.height < 1)) return "no room";
  if (size < 3) return "size";
  // What is fainter than this nobody sees; above it the pixels tell.
  if (opacity < 0.05) return "opacity";
  if (!scrolls && boxes.some((box) => box.left < 0 || box.top < 0 || box.left >= page.scrollWidth)) return "outside";
  if (isCut) return "clip";
  if (hides.some((frame) => boxes.some((box) => box.right > frame.right + 1 || box.bottom > frame.bottom + 1))) return "overflow";
  return contrastOf(element) < 1.5 ? "colour" : "";
};

const texts = [], split = [], words = [], numbers = [], begun = new Set();
const reading = [];  // texts and pictures, in the order of the page
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  if (node.nodeType === 1) {
    const box = node.localName === "img" && node.alt && isSeen(node) ? node.getBoundingClientRect() : null;
    if (box && hasRoom(box))
      reading.push({ number: of(node).number, words: node.alt, block: of(node).block, box, first: box, isPicture: true, hidden: "" });
    continue;
  }
  const element = node.parentElement;
  if (!node.data.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
  const known = of(element), { style, block } = known;
  const size = sizeOf(element);
  const drawn = rects(node, 0, node.data.length);
  const hidden = hiddenBy(element, drawn, size);
  const inside = content(block), frame = block.getBoundingClientRect();
  const rightToLeft = of(block).style.direction === "rtl";
  let indent = 0;
  if (!hidden && !begun.has(block)) {
    begun.add(block);
    const first = around(drawn.filter((box) => Math.abs(box.top - drawn[0].top) < 2));
    indent = rightToLeft ? inside.right - first.right : first.left - inside.left;
  }
  const text = {
    number: known.number,
    element: known.position,
    box: drawn.length ? around(drawn) : null,
    asAsked: known.asAsked,
    isLarge: isLarge(size, style),
    words: withWords(node.data),
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
    colours: `${style.color} on ${known.ground.slice(0, 3).map(Math.round)}`,
    picture: known.isPictured,
    hidden,
    spills: !hidden && drawn.some((box) => box.right > frame.right + 1 || box.left < frame.left - 1),
  };
  texts.push(text);
  reading.push({ ...text, block, first: drawn[0], isAway: !drawn.length || !hasRoom(common(drawn[0], known.clip)) });
  if (hidden && hidden !== "colour") continue;
  for (const match of node.data.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
    const parts = rects(node, match.index, match.index + match[0].length);
    for (const part of parts) {
      const box = common(part, known.clip);
      if (hasRoom(box)) words.push({ word: match[0], box, text, element, isRaised: !!element.closest("sup, sub") });
    }
    if (!hidden && lines(parts) > 1) {
      const width = parts.reduce((sum, box) => sum + box.width, 0);
      // A part of an address has to be broken where the whole of it has; what no-break spaces hold together is no such whole.
      const [start, end] = [node.data.slice(0, match.index).search(/\S*$/), node.data.slice(match.index).search(/\s|$/)];
      const whole = node.data.slice(start, match.index + end);
      const length = rects(node, start, match.index + end).reduce((sum, box) => sum + box.width, 0);
      split.push({ word: match[0], whole, number: known.number, text: node.data.trim(), where: text.where, width, length, room: inside.right - inside.left });
    }
  }
  for (const match of rightToLeft && !hidden ? node.data.matchAll(/\+?\d+(?:[ \u00a0]\u200b?\d+)+/g) : []) {
    const lefts = [...match[0].matchAll(/\d+/g)].map(
      (group) => rects(node, match.index + group.index, match.index + group.index + group[0].length)[0].left);
    numbers.push({ number: match[0].replaceAll("\u00a0", " ").replaceAll("\u200b", ""), element: known.number, text: node.data.trim(), lefts });
  }
}

// Words that a style sheet puts before or after an element, and numbers of lists: no text of the page, but read.
const written = (content) => [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1]).join("");
const made = (element, part, isText) => {
  const style = getComputedStyle(element, part), size = sizeOf(element, style);
  const ground = over(rgba(style.backgroundColor), of(element).ground);
  return !isText(style) ? [] : [{
    number: of(element).number, words: written(style.content) || withWords(element.textContent), size, isLarge: isLarge(size, style),
    contrast: contrast(over(rgba(style.color), ground), ground),
  }];
};
const isWord = ({ content, display }) => display !== "none" && /[\p{L}\p{N}]/u.test(written(content));
const isNumbered = ({ content }) => content === "normal" || /[\p{L}\p{N}]/u.test(written(content));
const addedTo = (element) => [
  ...PARTS.flatMap((part) => made(element, part, isWord)),
  ...(of(element).style.display === "list-item" && !/^(none|disc|circle|square)$/.test(of(element).style.listStyleType)
    ? made(element, "::marker", isNumbered) : []),
];
const added = [...known.keys()].filter((element) => document.body.contains(element) && isSeen(element)).flatMap(addedTo);
