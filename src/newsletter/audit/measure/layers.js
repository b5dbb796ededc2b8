/* Overlaps: words on words, boxes and pictures on words, and words that extend beyond their background. */
const overlaps = [];
const level = words.filter(({ text, isRaised }) => !text.hidden && !isRaised).sort((one, other) => one.box.top - other.box.top);
level.forEach((one, i) => {
  // Lines may be close together. They overlap if they share half of the height of a word.
  for (let k = i + 1; k < level.length && level[k].box.top < (one.box.top + one.box.bottom) / 2; k++) {
    const shared = intersection(one.box, level[k].box);
    const height = Math.min(...[one, level[k]].map(({ box }) => box.bottom - box.top));
    if (shared.right - shared.left > 3 && shared.bottom - shared.top > height / 2)
      overlaps.push({ words: `${one.word} / ${level[k].word}`, number: one.text.number, text: one.text.words });
  }
});

const painted = [...measured.values()].filter((one) => one.isPainted && one.opacity >= 0.05 && isVisible(one.element)).map((one) => {
  const boxes = one.style.display === "inline" ? [...one.element.getClientRects()] : [one.element.getBoundingClientRect()];
  return { ...one, boxes: boxes.map((box) => intersection(box, one.above.clip)).filter(hasRoom) };
});
const backdropBoxes = new Map(painted.map((one) => [one.element, one.boxes]));
const sharing = new Map();  // by text: the elements at the same place, each with a position in both
const onOtherBackground = new Set();  // texts whose background is not, or not entirely, that of the element they are in
for (const { box, text, element } of words) {
  const { backdrop } = of(element);
  if (backdrop && !backdropBoxes.get(backdrop)?.some((frame) => holds(frame, box))) onOtherBackground.add(text);
  for (const one of painted) for (const frame of one.boxes) {
    const shared = intersection(frame, box);
    if (shared.right - shared.left < 1 || shared.bottom - shared.top < 1 || one.element.contains(element)) continue;
    onOtherBackground.add(text);
    if (shared.right - shared.left <= 3 || shared.bottom - shared.top <= (box.bottom - box.top) / 2) continue;
    if (!sharing.has(text)) sharing.set(text, new Map());
    if (!sharing.get(text).has(one)) sharing.get(text).set(one, { element, x: (shared.left + shared.right) / 2, y: (shared.top + shared.bottom) / 2 });
  }
}
const covered = [];
const hitTesting = document.createElement("style");
hitTesting.textContent = "* { pointer-events: auto !important; }";
if (sharing.size) document.head.append(hitTesting);
for (const [text, others] of sharing) {
  for (const [one, { element, x, y }] of others) {
    scrollTo(x - innerWidth / 2, y - innerHeight / 2);
    const stack = document.elementsFromPoint(x - scrollX, y - scrollY);
    const place = stack.indexOf(one.element);
    if (place < 0 || stack.slice(0, place).some((at) => at === element || element.contains(at) || at.contains(element))) continue;
    // Words behind something semi-transparent can be read; the contrast of the pixels is measured.
    const isSolid = PICTURE_TAGS.has(one.element.tagName) || one.style.backgroundImage !== "none" || rgba(one.style.backgroundColor)[3] > 0.95;
    if (!isSolid || one.opacity < 0.95) continue;
    text.hidden = "covered";
    covered.push({ number: text.number, words: text.words, by: collapsed(one.element.textContent) || one.element.alt || "" });
    break;
  }
}
hitTesting.remove();
scrollTo(0, 0);
if (!isForced) onOtherBackground.forEach((text) => { text.hasDeclaredColours = false; });

// Groups of elements that are the same to axe-core's rules about appearance: they look alike, on the same backgrounds, with
// nothing else in front of or behind them. An element that is unlike all others, or hidden in an unusual way, is a group by
// itself.
const groups = new Map();
const alone = new Set([...onOtherBackground].map(({ element }) => element));
const textsOf = Map.groupBy(texts, ({ element }) => element);
const appearance = ({ element, paint, style }) => [paint, style.color, isLarge(sizeOf(element), style), style.fontWeight, style.fontStyle,
  style.textDecoration, style.webkitTextStroke, style.borderBottom].join("|");
// The appearance with which a link in a sentence is compared: that of its block, if the block has more than links.
const sentence = (link) => {
  const block = of(link.parentElement).block, copy = block.cloneNode(true);
  copy.querySelectorAll("a").forEach((other) => other.remove());
  return copy.textContent.trim() ? appearance(of(block)) : "";
};
for (const one of measured.values()) {
  const own = textsOf.get(one.position) ?? [];
  const isLink = one.element.matches("a[href]");
  if (!own.length && !isLink && !one.element.matches("input, select, textarea, button")) continue;
  const isUsual = own.every(({ hidden, words: text }) => ["", "style", "colour"].includes(hidden) && /[\p{L}\p{N}]{2}/u.test(text));
  const key = alone.has(one.position) || !isUsual || one.element.closest("label, fieldset, [aria-disabled]") ? one.position
    : [appearance(one), own.map(({ hidden }) => hidden), isLink && sentence(one.element)].join("|");
  groups.set(key, [...(groups.get(key) ?? []), one.position]);
}
const alike = [...groups.values()];
