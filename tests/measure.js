/* What a reader meets on this page, measured in the browser and given back as plain data: see tests/browser.py. */
() => {
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

  const ancestors = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement) found.push(at);
    return found;
  };
  const backgrounds = new Map();
  const background = (element) => {
    if (!element) return canvas;
    if (!backgrounds.has(element)) {
      const own = rgba(getComputedStyle(element).backgroundColor);
      backgrounds.set(element, own[3] === 1 ? own : over(own, background(element.parentElement)));
    }
    return backgrounds.get(element);
  };
  const contrastOf = (element) => {
    const behind = background(element);
    return contrast(over(rgba(getComputedStyle(element).color), behind), behind);
  };
  const blockOf = (element) => ancestors(element).find((at) => getComputedStyle(at).display !== "inline");
  const content = (block) => {
    const box = block.getBoundingClientRect();
    const style = getComputedStyle(block);
    const side = (name) => parseFloat(style[`padding${name}`]) + parseFloat(style[`border${name}Width`]);
    return { left: box.left + side("Left"), right: box.right - side("Right") };
  };
  const where = (element) => ancestors(element).slice(0, 4).reverse()
    .map((at) => at.localName + (at.className ? "." + at.className.split(" ").join(".") : "")).join(" > ");
  const rects = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()].filter((rect) => rect.width > 0);
  };
  const lines = (boxes) => new Set(boxes.map((box) => Math.round(box.top))).size;

  const hiddenBy = (element, boxes, size) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "style";
    if (!boxes.length || boxes.every((box) => box.width < 1 || box.height < 1)) return "no room";
    if (size < 3) return "size";
    if (ancestors(element).some((at) => getComputedStyle(at).opacity !== "1")) return "opacity";
    const page = document.documentElement;
    const scrolls = ancestors(element).some((at) => /auto|scroll/.test(getComputedStyle(at).overflowX));
    if (!scrolls && boxes.some((box) => box.left < 0 || box.top + scrollY < 0 || box.left >= page.scrollWidth))
      return "outside";
    for (const at of ancestors(element)) {
      const style = getComputedStyle(at);
      const frame = at.getBoundingClientRect();
      if (style.clipPath !== "none" || style.clip !== "auto") return "clip";
      if (at !== page && at !== document.body && /hidden|clip/.test(style.overflow)
        && boxes.some((box) => box.right > frame.right + 1 || box.bottom > frame.bottom + 1)) return "overflow";
    }
    return contrastOf(element) < 1.5 ? "colour" : "";
  };

  const texts = [], split = [], boxes = [], numbers = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const begun = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const drawn = rects(node, 0, node.data.length);
    const hidden = hiddenBy(element, drawn, size);
    const block = blockOf(element);
    const inside = content(block);
    const first = drawn.filter((box) => Math.abs(box.top - drawn[0].top) < 2);
    const rightToLeft = getComputedStyle(block).direction === "rtl";
    let indent = 0;
    if (!hidden && !begun.has(block)) {
      begun.add(block);
      indent = rightToLeft
        ? inside.right - Math.max(...first.map((box) => box.right))
        : Math.min(...first.map((box) => box.left)) - inside.left;
    }
    const frame = block.getBoundingClientRect();
    texts.push({
      words: node.data.trim().replace(/\s+/g, " "),
      where: where(element),
      tags: ancestors(element).map((at) => at.localName),
      classes: ancestors(element).flatMap((at) => [...at.classList]),
      lang: element.closest("[lang]")?.lang ?? "",
      size,
      // "normal" is about 1.2.
      line: (parseFloat(getComputedStyle(block).lineHeight) || 1.2 * size) / parseFloat(getComputedStyle(block).fontSize),
      italic: style.fontStyle !== "normal",
      transform: style.textTransform,
      align: style.textAlign,
      rightToLeft,
      indent,
      contrast: contrastOf(element),
      colours: `${style.color} on ${background(element).slice(0, 3).map(Math.round)}`,
      picture: ancestors(element).some((at) => getComputedStyle(at).backgroundImage !== "none"),
      hidden,
      spills: !hidden && drawn.some((box) => box.right > frame.right + 1 || box.left < frame.left - 1),
    });
    if (hidden) continue;
    for (const match of node.data.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
      const parts = rects(node, match.index, match.index + match[0].length);
      parts.forEach((box) => boxes.push({ word: match[0], box, raised: !!element.closest("sup, sub") }));
      if (lines(parts) < 2) continue;
      const width = parts.reduce((sum, box) => sum + box.width, 0);
      // What no client may break: up to the next space, a no-break space being none.
      const [before, after] = [node.data.slice(0, match.index), node.data.slice(match.index)];
      const [start, end] = [before.search(/[^ \t\r\n]*$/), match.index + after.search(/[ \t\r\n]|$/)];
      const unit = rects(node, start, end).reduce((sum, box) => sum + box.width, 0);
      split.push({ word: match[0], where: where(element), width, unit, room: inside.right - inside.left });
    }
    for (const match of rightToLeft ? node.data.matchAll(/\+?\d+(?:[ \u00a0]\d+)+/g) : []) {
      const groups = [...match[0].matchAll(/\d+/g)].map(
        (group) => rects(node, match.index + group.index, match.index + group.index + group[0].length)[0].left);
      numbers.push({ number: match[0].replaceAll("\u00a0", " "), lefts: groups });
    }
  }

  boxes.sort((one, other) => one.box.top - other.box.top);
  const overlaps = [];
  boxes.forEach((one, i) => {
    // Lines may lie close together; half a letter's height in common is an overlap.
    for (let k = i + 1; k < boxes.length && boxes[k].box.top < one.box.bottom - one.box.height / 2; k++) {
      const [a, b] = [one.box, boxes[k].box];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - b.top;
      if (!one.raised && !boxes[k].raised && across > 3 && down > Math.min(a.height, b.height) / 2)
        overlaps.push(`${one.word} / ${boxes[k].word}`);
    }
  });

  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const links = [...document.querySelectorAll("a[href]")].filter(shown).map((link) => {
    const block = blockOf(link.parentElement);
    const style = getComputedStyle(link);
    const box = link.getBoundingClientRect();
    return {
      words: link.textContent.trim(),
      href: link.getAttribute("href"),
      where: where(link),
      width: box.width,
      height: box.height,
      inSentence: /[\p{L}\p{N}]/u.test(block.textContent.replace(link.textContent, "")),
      button: !!link.closest(".button"),
      underlined: style.textDecorationLine.includes("underline"),
      edge: contrast(rgba(getComputedStyle(link.parentElement).borderTopColor), background(link.parentElement.parentElement)),
      edgeWidth: parseFloat(getComputedStyle(link.parentElement).borderTopWidth),
    };
  });

  const images = [...document.images].map((image) => {
    const style = getComputedStyle(image);
    const box = image.getBoundingClientRect();
    // Where the picture is missing its alt text stands in its box: would it fit, beside an icon of 16 px?
    const ruler = document.createElement("div");
    ruler.textContent = image.alt;
    ruler.style.cssText = `position:absolute;visibility:hidden;font:${style.font};width:${box.width}px`;
    image.parentElement.append(ruler);
    const needed = ruler.getBoundingClientRect().height;
    ruler.remove();
    return {
      src: image.getAttribute("src").slice(0, 80),
      alt: image.alt,
      loaded: image.naturalWidth > 0,
      size: parseFloat(style.fontSize),
      contrast: contrastOf(image),
      width: box.width,
      height: box.height,
      needed,
    };
  });

  const clipped = [...document.body.querySelectorAll("*")]
    .filter((at) => getComputedStyle(at).overflow !== "visible")
    .filter((at) => at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 1)
    .filter((at) => at.localName !== "img").map(where);
  const page = document.documentElement;
  return {
    mode: document.compatMode,
    sideways: Math.max(page.scrollWidth, document.body.scrollWidth) - page.clientWidth,
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown)
      .map((heading) => [Number(heading.localName[1]), heading.textContent.trim()]),
    positioned: [...document.body.querySelectorAll("*")]
      .filter((at) => getComputedStyle(at).position !== "static").map(where),
    texts, split, overlaps, numbers, links, images, clipped,
  };
}
