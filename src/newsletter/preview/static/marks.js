// Finds room in an email for the marks of findings: at the start of the lines, beside all words, and beside each other.

// Of a mark, and of the free space beside it, in px.
const SIZE = 26;
const LEAST = 14;
const GAP = 2;

const overlap = (one, other, before, after) => one[before] < other[after] && other[before] < one[after];

/** Return the boxes of all words, pictures and items of lists (with their signs), in px of the window. */
function boxesOfWords(page) {
  const boxes = [...page.images].map((image) => image.getBoundingClientRect());
  for (const item of page.querySelectorAll("li")) {
    const { listStyleType, fontSize } = page.defaultView.getComputedStyle(item);
    if (listStyleType === "none") continue;
    const { left, top, width, height } = item.getBoundingClientRect();
    // A sign or a number of two digits, with the point and the space after it.
    const sign = 1.5 * parseFloat(fontSize);
    boxes.push(new DOMRect(left - sign, top, width + 2 * sign, height));
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const range = page.createRange();
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    range.selectNodeContents(walker.currentNode);
    boxes.push(...range.getClientRects());
  }
  // What is only for screen readers is in a box of a px or so. The browser's own boxes are slow to read.
  return boxes.filter(({ width, height }) => width > 2 && height > 2)
    .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }));
}

/**
 * Return a function that gives one mark after the other a place that no other mark has. It takes the box of a part and
 * whether its lines start at the right; it returns the left, top, width and height of the mark, in px of the window.
 * If there is too little room beside the words, as on a phone, marks are as narrow as they have to be.
 * @param scale how much smaller than it is the email is shown: marks stay as large as they are.
 */
export function roomIn(page, scale) {
  const [size, least, gap] = [SIZE, LEAST, GAP].map((length) => length / scale);
  const words = boxesOfWords(page);
  const { clientWidth, scrollHeight } = page.documentElement;
  const lowest = scrollHeight - page.defaultView.scrollY - size - gap;
  const highest = gap - page.defaultView.scrollY;
  const places = [];
  return (part, isFromRight) => {
    const start = ({ left, right }) => (isFromRight ? clientWidth - right : left);
    const startOf = (rows, most) => Math.min(most, ...words.filter((box) => overlap(box, rows, "top", "bottom")).map(start));
    const own = startOf(part, clientWidth);
    const first = Math.max(highest, Math.min(lowest, part.top));
    let [top, goesUp] = [first, false];
    for (;;) {
      const rows = { top, bottom: top + size };
      const edge = startOf(rows, own) - gap;
      const width = Math.max(least, Math.min(size, edge));
      const others = [];
      for (let x = Math.max(0, edge - width); x >= 0; x -= width + gap) {
        const left = isFromRight ? clientWidth - x - width : x;
        const place = { ...rows, left, right: left + width };
        const isIn = (other) => overlap(place, other, "left", "right") && overlap(place, other, "top", "bottom");
        const other = places.find(isIn);
        if (!other || top < highest) {
          places.push(place);
          return { left, top, width, height: size };
        }
        others.push(other);
      }
      // From the first line down, to right below the first of the marks that are there; at the end of the page, up.
      const below = Math.min(...others.map(({ bottom }) => bottom)) + gap;
      const above = Math.max(...others.map((other) => other.top)) - gap - size;
      if (!goesUp && below <= lowest) top = below;
      else [top, goesUp] = [goesUp ? above : first, true];
    }
  };
}
