// Remembers where a reader is in a page by the first visible words, and finds them again whatever is added above.

const LENGTH = 60;

/** Yield each text node of an element, except line numbers and controls, which do not move with the text. */
function* texts(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !node.parentElement.closest(".number, [data-keep]")) yield node;
  }
}

function box(node, from, to) {
  const range = node.ownerDocument.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  return range.getBoundingClientRect();
}

/** Return the first words of an element below a height; null if it starts below, or has no words there. */
export function placeIn(root, height) {
  if (!root || root.getBoundingClientRect().top >= height) return null;
  let rank = 0;
  for (const node of texts(root)) {
    const { length } = node.data;
    const all = box(node, 0, length);
    if (all.width && all.bottom > height) {
      // Find the first character that ends below the height: in a long text, it is in the first visible line.
      let [low, high] = [0, length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (box(node, middle, middle + 1).bottom > height) high = middle;
        else low = middle + 1;
      }
      const words = node.data.slice(low, low + LENGTH);
      return { node, at: low, words, rank: rank + low, top: box(node, low, low + 1).top };
    }
    rank += length;
  }
  return null;
}

/** Return how far the words of a place have moved, in px; 0 if they do not exist any more. */
export function movedBy(place, root) {
  if (!place || !root) return 0;
  // The same words may appear several times, and text before them may have been added or removed.
  const stayed = place.node.isConnected ? place.node.data.indexOf(place.words) : -1;
  if (stayed >= 0) return box(place.node, stayed, stayed + 1).top - place.top;
  let best = null;
  let rank = 0;
  for (const node of texts(root)) {
    for (let at = node.data.indexOf(place.words); at >= 0; at = node.data.indexOf(place.words, at + 1)) {
      const far = Math.abs(rank + at - place.rank);
      if (!best || far < best.far) best = { node, at, far };
    }
    rank += node.data.length;
  }
  // If the words themselves were changed, use what replaced them.
  if (!best && place.node.isConnected) best = { node: place.node, at: Math.min(place.at, place.node.data.length - 1) };
  return best ? box(best.node, best.at, best.at + 1).top - place.top : 0;
}

/** Return the top of the same words in another copy of a page; null if they are hidden there. */
export function topOfSame(place, root, other) {
  const others = texts(other);
  for (const node of texts(root)) {
    const { value: twin } = others.next();
    if (node !== place.node) continue;
    const there = twin?.data.length > place.at ? box(twin, place.at, place.at + 1) : null;
    return there?.height ? there.top : null;
  }
  return null;
}
