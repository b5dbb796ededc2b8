/* What the answers of axe-core's rules depend on: a string each, equal where nothing of it differs.

   structure: elements, their attributes but for those of look, their own words, and whether a screen reader has them.
   colours: the structure, and the colours, strokes and grounds of all of it. */
() => {
  const structure = [], colours = [];
  const own = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)
    .join(" ").trim().replace(/\s+/g, " ");
  const isOfLook = (element, { name }) => ["style", "bgcolor", "newsletter-element"].includes(name)
    || (name === "content" && /color-scheme/.test(element.getAttribute("name")));
  for (const element of document.querySelectorAll(":not(style)")) {
    const style = getComputedStyle(element);
    const attributes = [...element.attributes].filter((at) => !isOfLook(element, at))
      .map(({ name, value }) => [name, value]);
    structure.push([
      element.localName, attributes, own(element), style.display, style.visibility, style.contentVisibility,
    ]);
    const size = parseFloat(style.fontSize), isBold = style.fontWeight >= 700;
    colours.push([
      style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode, style.textShadow,
      style.textDecoration, style.webkitTextStroke, style.position, style.zIndex, style.float, style.transform, style.overflow,
      style.clip, style.clipPath, style.borderBottom, style.fontStyle, style.fontWeight,
      // What counts as large: https://www.w3.org/TR/WCAG22/#dfn-large-scale
      size >= 24 || (isBold && size >= 18.66),
    ]);
  }
  const structural = JSON.stringify(structure);
  return { structure: structural, colours: structural + JSON.stringify(colours) };
}
