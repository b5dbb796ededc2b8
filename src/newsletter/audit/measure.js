/* What a reader meets on this page, measured in the browser and given back as plain data.

   `number` is that of the element in the email (see numbering.py), or of the one before it for what has none; -1 for none.
   Sizes are in CSS pixels; those in `box` count from the top left corner of the page. */
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
  const numbering = new Map();
  let last = -1;
  for (const element of document.querySelectorAll("*")) {
    last = Number(element.getAttribute("newsletter-element") ?? last);
    numbering.set(element, last);
  }
  const numberOf = (element) => numbering.get(element) ?? -1;
  const onPage = (box) => ({ left: box.left + scrollX, top: box.top + scrollY, right: box.right + scrollX, bottom: box.bottom + scrollY });
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

  // Whether the colours that were asked for are those on the screen: else only its pixels can tell.
  // In forced colours they are: text gets a ground of its own there, before any picture
  // (https://www.w3.org/TR/css-color-adjust-1/#forced-backplate).
  const isForced = matchMedia("(forced-colors: active)").matches;
  const asAsked = (element) => isForced || ancestors(element).every((at) => {
    const style = getComputedStyle(at);
    return style.backgroundImage === "none" && style.opacity === "1" && style.filter === "none"
      && style.mixBlendMode === "normal" && style.webkitTextFillColor === style.color && style.textShadow === "none";
  });
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
    const isBold = parseInt(style.fontWeight, 10) >= 700;
    texts.push({
      number: numberOf(element),
      block: numberOf(block),
      box: drawn.length ? onPage({
        left: Math.min(...drawn.map((box) => box.left)), top: Math.min(...drawn.map((box) => box.top)),
        right: Math.max(...drawn.map((box) => box.right)), bottom: Math.max(...drawn.map((box) => box.bottom)),
      }) : null,
      first: drawn.length ? onPage(drawn[0]) : null,
      asAsked: asAsked(element),
      // 24 px, or 18.66 px and bold: https://www.w3.org/TR/WCAG22/#dfn-large-scale
      isLarge: size >= 24 || (isBold && size >= 18.66),
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
      parts.forEach((box) => boxes.push({ word: match[0], box, number: numberOf(element), text: node.data.trim(), raised: !!element.closest("sup, sub") }));
      if (lines(parts) < 2) continue;
      const width = parts.reduce((sum, box) => sum + box.width, 0);
      // What no client may break: up to the next space, a no-break space being none.
      const [before, after] = [node.data.slice(0, match.index), node.data.slice(match.index)];
      const [start, end] = [before.search(/[^ \t\r\n]*$/), match.index + after.search(/[ \t\r\n]|$/)];
      const unit = rects(node, start, end).reduce((sum, box) => sum + box.width, 0);
      split.push({ word: match[0], number: numberOf(element), text: node.data.trim(), where: where(element), width, unit, together: node.data.slice(start, end), room: inside.right - inside.left });
    }
    for (const match of rightToLeft ? node.data.matchAll(/\+?\d+(?:[ \u00a0]\d+)+/g) : []) {
      const groups = [...match[0].matchAll(/\d+/g)].map(
        (group) => rects(node, match.index + group.index, match.index + group.index + group[0].length)[0].left);
      numbers.push({ number: match[0].replaceAll("\u00a0", " "), element: numberOf(element), text: node.data.trim(), lefts: groups });
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
        overlaps.push({ words: `${one.word} / ${boxes[k].word}`, number: one.number, text: one.text });
    }
  });

  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const links = [...document.querySelectorAll("a[href]")].filter(shown).map((link) => {
    const block = blockOf(link.parentElement);
    const style = getComputedStyle(link);
    const box = link.getBoundingClientRect();
    // A button is a link with a ground of its own. Its edge is the border of the link or of what it fills.
    const isButton = !!link.closest(".button")
      || (style.display !== "inline" && rgba(style.backgroundColor)[3] > 0);
    const bordered = (at) => parseFloat(getComputedStyle(at).borderTopWidth) > 0
      && getComputedStyle(at).borderTopStyle !== "none";
    const frame = [link, link.parentElement].find(bordered) ?? link;
    let plate = frame;
    while (plate.parentElement?.childElementCount === 1 && String(background(plate.parentElement)) === String(background(link)))
      plate = plate.parentElement;
    const around = background(plate.parentElement);
    const edge = getComputedStyle(frame);
    return {
      number: numberOf(link),
      words: link.textContent.trim() || [...link.querySelectorAll("img")].map((image) => image.alt).join(" "),
      href: link.getAttribute("href"),
      where: where(link),
      width: box.width,
      height: box.height,
      inSentence: /[\p{L}\p{N}]/u.test(block.textContent.replace(link.textContent, "")),
      button: isButton,
      underlined: style.textDecorationLine.includes("underline"),
      fill: contrast(background(link), around),
      edge: contrast(over(rgba(edge.borderTopColor), around), around),
      edgeWidth: bordered(frame) ? parseFloat(edge.borderTopWidth) : 0,
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
      number: numberOf(image),
      isShown: shown(image),
      src: (image.getAttribute("src") ?? "").slice(0, 80),
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
    .filter((at) => at.localName !== "img")
    .map((at) => ({
      number: numberOf(at),
      where: where(at),
      words: at.textContent.trim().replace(/\s+/g, " "),
      // A data table that scrolls in its place is whole to whoever scrolls it (WCAG 2.2, 1.4.10).
      isReached: /auto|scroll/.test(getComputedStyle(at).overflowX) && !!at.querySelector("caption, th"),
    }));
  // Whatever sticks out on the right, innermost first: why the page scrolls sideways.
  const wide = [...document.body.querySelectorAll("*")].filter(shown)
    .filter((at) => !ancestors(at.parentElement).some((up) => getComputedStyle(up).overflowX !== "visible"))
    .filter((at) => {
      const box = at.getBoundingClientRect();
      return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
    })
    .filter((at, _, all) => !all.some((other) => other !== at && at.contains(other)))
    .map((at) => ({ number: numberOf(at), words: at.textContent.trim().replace(/\s+/g, " ") }));
  const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().duration > 0)
    .map((one) => one.effect.target).filter((at) => at instanceof Element)
    .map((at) => ({ number: numberOf(at), words: at.textContent.trim().replace(/\s+/g, " ") }));
  // Of two blocks that follow one another in the page, the second lies before the first to the eye.
  const astray = [];
  let before = null;
  for (const text of texts) {
    if (text.hidden || !text.first) continue;
    if (before && before.block !== text.block) {
      const [a, b] = [before.first, text.first];
      const sameLine = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
      const backwards = text.rightToLeft && before.rightToLeft ? b.left >= a.right - 1 : b.right <= a.left + 1;
      const isAbove = b.bottom <= a.top + 1 && (backwards || Math.min(before.box.right, text.box.right) - Math.max(before.box.left, text.box.left) > 1);
      if ((sameLine && backwards && text.rightToLeft === before.rightToLeft) || isAbove)
        astray.push({ number: text.number, words: text.words, after: before.words });
    }
    before = text;
  }
  const page = document.documentElement;
  return {
    mode: document.compatMode,
    sideways: Math.max(page.scrollWidth, document.body.scrollWidth) - page.clientWidth,
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown)
      .map((heading) => [Number(heading.localName[1]), heading.textContent.trim()]),
    positioned: [...document.body.querySelectorAll("*")]
      .filter((at) => getComputedStyle(at).position !== "static").map(where),
    texts, split, overlaps, numbers, links, images, clipped, wide, moving, astray,
  };
}
