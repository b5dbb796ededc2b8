/* Links, pictures, boxes that cut off their content, elements that stick out or move, and the visual order. */
const describe = (element) => ({ number: of(element).number, words: collapsed(element.innerText ?? "") });

const links = [...document.querySelectorAll("a[href]")].filter(isVisible).map((link) => {
  const { block } = of(link.parentElement), { style, background } = of(link);
  const box = link.getBoundingClientRect();
  // A button is a link with its own background. Its edge is the border of the link or of its parent.
  const isButton = !!link.closest(".button") || (style.display !== "inline" && rgba(style.backgroundColor)[3] > 0);
  const isBordered = (at) => parseFloat(of(at).style.borderTopWidth) > 0 && of(at).style.borderTopStyle !== "none";
  const frame = [link, link.parentElement].find(isBordered) ?? link;
  let backdrop = frame;
  while (backdrop.parentElement?.childElementCount === 1 && String(of(backdrop.parentElement).background) === String(background))
    backdrop = backdrop.parentElement;
  const around = of(backdrop.parentElement).background;
  const edge = of(frame).style;
  return {
    number: of(link).number,
    words: link.textContent.trim() || [...link.querySelectorAll("img")].map((image) => image.alt).join(" "),
    href: link.getAttribute("href"),
    where: where(link),
    width: box.width,
    height: box.height,
    inSentence: /[\p{L}\p{N}]/u.test(block.textContent.replace(link.textContent, "")),
    button: isButton,
    underlined: style.textDecorationLine.includes("underline"),
    fill: contrast(background, around),
    edge: contrast(over(rgba(edge.borderTopColor), around), around),
    edgeWidth: isBordered(frame) ? parseFloat(edge.borderTopWidth) : 0,
  };
});

// If a picture is missing, its alt text is in the box of the picture. A hidden element measures whether it fits.
const rulers = [...document.images].map((image) => {
  const ruler = document.createElement("div");
  ruler.textContent = image.alt;
  ruler.style.cssText =
    `position:absolute;visibility:hidden;font:${of(image).style.font};width:${image.getBoundingClientRect().width}px`;
  return ruler;
});
[...document.images].forEach((image, i) => image.parentElement.append(rulers[i]));
const images = [...document.images].map((image, i) => {
  const { style, clip } = of(image);
  const box = image.getBoundingClientRect(), visible = intersection(box, clip);
  const altBoxes = image.alt ? rects(rulers[i].firstChild, 0, image.alt.length) : [];
  return {
    number: of(image).number,
    isShown: isVisible(image),
    src: (image.getAttribute("src") ?? "").slice(0, 80),
    alt: image.alt,
    loaded: image.naturalWidth > 0,
    size: sizeOf(image),
    contrast: contrastOf(image),
    width: box.width,
    height: box.height,
    needed: rulers[i].getBoundingClientRect().height,
    isCut: !holds(visible, box),
    isCrowded: lines(altBoxes) > 1 && parseFloat(style.lineHeight) < parseFloat(style.fontSize),
  };
});
rulers.forEach((ruler) => ruler.remove());

const everything = [...document.body.querySelectorAll("*")];
const clipped = everything
  .filter((at) => of(at).style.overflow !== "visible")
  .filter((at) => at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 1)
  .filter((at) => at.localName !== "img")
  .map((at) => ({
    ...describe(at),
    where: where(at),
    // A reader can scroll a data table sideways to its end (WCAG 2.2, 1.4.10).
    isReached: /auto|scroll/.test(of(at).style.overflowX) && !!at.querySelector("caption, th"),
  }));
const scrolling = everything
  .filter((at) => isVisible(at) && /auto|scroll/.test(of(at).style.overflowX) && at.scrollWidth > at.clientWidth + 1)
  .map((at) => ({ ...describe(at), beyond: at.scrollWidth - at.clientWidth }));
// The innermost elements that stick out of the page, and so make it scroll sideways. A line that does not break can stick out
// of a box that does not.
const sticksOut = (box) => box.right > page.clientWidth + 1 || box.left < -1;
const isOpen = (at) => of(at.parentElement).clip === EVERYWHERE;
const tooLong = new Set(texts.filter(({ box, hidden }) => box && !hidden && sticksOut(box)).map(({ element }) => element));
const wide = everything.filter((at) => isVisible(at) && isOpen(at))
  .filter((at) => sticksOut(at.getBoundingClientRect()) || (tooLong.has(of(at).position) && of(at).clip === EVERYWHERE))
  .filter((at, _, all) => !all.some((other) => other !== at && at.contains(other)))
  .map(describe);

// Pairs of blocks of which the second in the page is shown before the first.
const astray = [];
let before = null, picture = null;
for (const item of reading.filter(({ hidden, isAway }) => !hidden && !isAway)) {
  if (before && before.block !== item.block) {
    const [a, b] = [before.first, item.first];
    const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    // A picture may be on either side of its text, and so may the picture with the caption below it.
    const isCaption = picture && before.box.top >= picture.box.bottom - 1
      && before.box.left >= picture.box.left - 1 && before.box.right <= picture.box.right + 1;
    const isBesidePicture = isCaption && b.bottom > picture.box.top
      && (b.right <= picture.box.left + 1 || b.left >= picture.box.right - 1);
    const isSameLine = !item.isPicture && !before.isPicture && shared > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
    const isBackwards = item.rightToLeft && before.rightToLeft ? b.left >= a.right - 1 : b.right <= a.left + 1;
    const overlap = Math.min(before.box.right, item.box.right) - Math.max(before.box.left, item.box.left);
    const isAbove = !isBesidePicture && b.bottom <= a.top + 1 && (isBackwards || overlap > 1);
    if ((isSameLine && isBackwards && item.rightToLeft === before.rightToLeft) || isAbove)
      astray.push({ number: item.number, words: item.words, after: before.words });
  }
  before = item;
  if (item.isPicture) picture = item;
}
return {
  mode: document.compatMode,
  sideways: Math.max(page.scrollWidth, document.body.scrollWidth) - page.clientWidth,
  headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isVisible)
    .map((heading) => [Number(heading.localName[1]), heading.textContent.trim()]),
  positioned: everything.filter((at) => of(at).style.position !== "static").map(where),
  moving: moving.map(describe),
  texts, added, cutMarkers, split, overlaps, covered, numbers, links, images, clipped, scrolling, wide, astray, alike,
};
