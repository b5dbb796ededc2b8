// Finds room in an email for the marks of findings: at the start of the lines, beside all words, and beside each other.

// Of a mark, and of the free space beside it, in px.
const SIZE = 26;
const LEAST = 14;
const GAP = 2;

const overlap = (one, other) => one.top < other.bottom && other.top < one.bottom;

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
 * Return where to draw the marks of an email: beside each other in the row of their line or, without room for all of
 * them, one for all. No two rows overlap.
 * @param marks each with the `box` of its part, and with `isFromRight` if its lines start at the right.
 * @param scale how much smaller than it is the email is shown: marks stay as large as they are.
 * @returns for each mark to draw: the `marks` that it is for, and its left, top, width and height, in px of the window.
 */
export function placesOf(marks, page, scale) {
  const [size, least, gap] = [SIZE, LEAST, GAP].map((length) => length / scale);
  const words = boxesOfWords(page);
  const { clientWidth, scrollHeight } = page.documentElement;
  const highest = gap - page.defaultView.scrollY;
  const lowest = scrollHeight - page.defaultView.scrollY - size - gap;
  const rows = [];
  for (const mark of marks.toSorted((one, other) => one.box.top - other.box.top)) {
    const top = Math.max(highest, Math.min(lowest, mark.box.top));
    if (!rows.length || top >= rows.at(-1).top + size + gap) rows.push({ top, bottom: top + size, marks: [] });
    rows.at(-1).marks.push(mark);
  }
  return rows.flatMap((row) => {
    const { isFromRight } = row.marks[0];
    const start = ({ left, right }) => (isFromRight ? clientWidth - right : left);
    const own = row.marks.map(({ box }) => box);
    const beside = words.filter((box) => [row, ...own].some((each) => overlap(box, each)));
    const edge = Math.min(clientWidth, ...[...own, ...beside].map(start)) - gap;
    const place = (some, x, width) => {
      return { marks: some, left: isFromRight ? clientWidth - x - width : x, top: row.top, width, height: size };
    };
    const steps = row.marks.map((_, at) => edge - size - at * (size + gap));
    if (steps.at(-1) >= 0) return row.marks.map((mark, at) => place([mark], steps[at], size));
    // As narrow as it has to be, as on a phone.
    const width = Math.max(least, Math.min(size, edge));
    return [place(row.marks, Math.max(0, edge - width), width)];
  });
}
