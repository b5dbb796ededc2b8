// Where a reader is in a page, by the words at the top of what is in sight: found again however much comes in above.

const LENGTH = 60;

/** Give each piece of text in an element, but for numbers of lines and controls, which stay where they are. */
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

/** Give the words of an element that are the first below a height; null if it begins below, or there are none. */
export function placeIn(root, height) {
  if (!root || root.getBoundingClientRect().top >= height) return null;
  let rank = 0;
  for (const node of texts(root)) {
    const { length } = node.data;
    const all = box(node, 0, length);
    if (all.width && all.bottom > height) {
      // The first letter that ends below the height: of a long text, the line that is at the top.
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

/** Tell how far the words of a place have moved; 0 if they are not there any more. */
export function movedBy(place, root) {
  if (!place || !root) return 0;
  // The same words may stand elsewhere, too, and much may have come or gone before them.
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
  // The words themselves were changed: then it is what stands in their place.
  if (!best && place.node.isConnected) best = { node: place.node, at: Math.min(place.at, place.node.data.length - 1) };
  return best ? box(best.node, best.at, best.at + 1).top - place.top : 0;
}
