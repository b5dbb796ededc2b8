/* What lies upon what: words on words, boxes and pictures on words, and words beside the ground that was made for them. */
const overlaps = [];
const level = words.filter(({ text, isRaised }) => !text.hidden && !isRaised).sort((one, other) => one.box.top - other.box.top);
level.forEach((one, i) => {
  // Lines may lie close together; half a letter's height in common is an overlap.
  for (let k = i + 1; k < level.length && level[k].box.top < (one.box.top + one.box.bottom) / 2; k++) {
    const shared = common(one.box, level[k].box);
    const height = Math.min(...[one, level[k]].map(({ box }) => box.bottom - box.top));
    if (shared.right - shared.left > 3 && shared.bottom - shared.top > height / 2)
      overlaps.push({ words: `${one.word} / ${level[k].word}`, number: one.text.number, text: one.text.words });
  }
});

const painted = [...known.values()].filter((one) => one.isPainted && one.opacity >= 0.05 && isSeen(one.element)).map((one) => {
  const boxes = one.style.display === "inline" ? [...one.element.getClientRects()] : [one.element.getBoundingClientRect()];
  return { ...one, boxes: boxes.map((box) => common(box, one.above.clip)).filter(hasRoom) };
});
const plates = new Map(painted.map((one) => [one.element, one.boxes]));
const met = new Map();  // by text: what lies at the same place, and one point of it
const unlike = new Set();  // texts whose ground is not, or not wholly, that of what they are in
for (const { box, text, element } of words) {
  const { plate } = of(element);
  if (plate && !plates.get(plate)?.some((frame) => holds(frame, box))) unlike.add(text);
  for (const one of painted) for (const frame of one.boxes) {
    const shared = common(frame, box);
    if (shared.right - shared.left < 1 || shared.bottom - shared.top < 1 || one.element.contains(element)) continue;
    unlike.add(text);
    if (shared.right - shared.left <= 3 || shared.bottom - shared.top <= (box.bottom - box.top) / 2) continue;
    if (!met.has(text)) met.set(text, new Map());
    if (!met.get(text).has(one)) met.get(text).set(one, { element, x: (shared.left + shared.right) / 2, y: (shared.top + shared.bottom) / 2 });
  }
}
const covered = [];
const reached = document.createElement("style");
reached.textContent = "* { pointer-events: auto !important; }";
if (met.size) document.head.append(reached);
for (const [text, others] of met) {
  for (const [one, { element, x, y }] of others) {
    scrollTo(x - innerWidth / 2, y - innerHeight / 2);
    const stack = document.elementsFromPoint(x - scrollX, y - scrollY);
    const place = stack.indexOf(one.element);
    if (place < 0 || stack.slice(0, place).some((at) => at === element || element.contains(at) || at.contains(element))) continue;
    // Through what is see-through the words can still be read; the pixels tell how well.
    const isSolid = DRAWN.has(one.element.tagName) || one.style.backgroundImage !== "none" || rgba(one.style.backgroundColor)[3] > 0.95;
    if (!isSolid || one.opacity < 0.95) continue;
    text.hidden = "covered";
    covered.push({ number: text.number, words: text.words, by: withWords(one.element.textContent) || one.element.alt || "" });
    break;
  }
}
reached.remove();
scrollTo(0, 0);
if (!isForced) unlike.forEach((text) => { text.asAsked = false; });

// Elements whose words axe-core cannot tell from each other when it asks for contrast: what looks alike, on the same grounds,
// with nothing else at its place. What is unlike all others, or hidden in an unusual way, stands alone.
const groups = new Map();
const alone = new Set([...unlike].map(({ element }) => element));
const pieces = Map.groupBy(texts, ({ element }) => element);
const look = ({ element, paint, style }) => [paint, style.color, isLarge(sizeOf(element), style), style.fontWeight, style.fontStyle,
  style.textDecoration, style.webkitTextStroke, style.borderBottom].join("|");
// What a link in a sentence is held against: the look of the block, if there is more than links in it.
const sentence = (link) => {
  const block = of(link.parentElement).block, copy = block.cloneNode(true);
  copy.querySelectorAll("a").forEach((other) => other.remove());
  return copy.textContent.trim() ? look(of(block)) : "";
};
for (const one of known.values()) {
  const own = pieces.get(one.position) ?? [];
  const isLink = one.element.matches("a[href]");
  if (!own.length && !isLink && !one.element.matches("input, select, textarea, button")) continue;
  const isUsual = own.every(({ hidden, words: said }) => ["", "style", "colour"].includes(hidden) && /[\p{L}\p{N}]{2}/u.test(said));
  const key = alone.has(one.position) || !isUsual || one.element.closest("label, fieldset, [aria-disabled]") ? one.position
    : [look(one), own.map(({ hidden }) => hidden), isLink && sentence(one.element)].join("|");
  groups.set(key, [...(groups.get(key) ?? []), one.position]);
}
const alike = [...groups.values()];
