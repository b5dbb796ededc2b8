// Makes a page like another one and leaves alone what they have in common: focus, scrolling and what is open stay.

// What of an element is the reader's, or is changed in another way: whether it is open, and what a frame shows.
const KEPT = { details: ["open"], iframe: ["src"] };

// What the script fills in the preview's own pages. (In an email such an attribute says nothing.)
const isKept = (element) => element.ownerDocument === document && element.hasAttribute("data-keep");

/** Make a node like another of its kind, which may be of another document. */
export function morph(old, now) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  if (isKept(old) || old.isEqualNode(now)) return;
  // What Chromium shows in the place of a picture that does not load, it does not change with the picture's attributes.
  if (old.localName === "img") {
    old.replaceWith(old.ownerDocument.importNode(now, true));
    return;
  }
  const kept = KEPT[old.localName] ?? [];
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
  }
  morphChildren(old, now);
}

function morphChildren(old, now) {
  let at = old.firstChild;
  for (const wanted of [...now.childNodes]) {
    const same = alike(at, wanted);
    if (!same) {
      old.insertBefore(old.ownerDocument.importNode(wanted, true), at);
      continue;
    }
    while (at !== same) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    at = same.nextSibling;
    morph(same, wanted);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** Find, from a node on, the one that another stands for: of the same id, or the next of its kind without any. */
function alike(from, wanted) {
  for (let node = from; node; node = node.nextSibling) {
    if (node.nodeName === wanted.nodeName && (node.id ?? "") === (wanted.id ?? "")) return node;
    // Words may come and go; no element goes for the sake of words that are found behind it.
    if ((node.id && !wanted.id) || wanted.nodeType === Node.TEXT_NODE) return null;
  }
  return null;
}
