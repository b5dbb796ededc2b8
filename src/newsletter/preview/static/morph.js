// Changes a page into another one and leaves equal parts alone: focus, scrolling and open details stay.

// Attributes that stay: the reader opens and closes details, and scripts change frames.
const UNCHANGED = { details: ["open"], iframe: ["src", "style"] };

// Elements that scripts fill in the preview's own pages. (In an email, this attribute means nothing.)
const isUnchanged = (element) => element.ownerDocument === document && element.hasAttribute("data-keep");

// Elements that scripts have added to a page. They stay where they are, at the end of their parent.
const added = new WeakSet();

/** Add an element to the end of a page, where it stays whatever the page changes into. */
export function addToEnd(page, element) {
  added.add(element);
  page.documentElement.append(element);
}

/** Change a node into another of its kind, which may be from another document. */
export function morph(old, now) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  if (isUnchanged(old) || old.isEqualNode(now)) return;
  // Chromium does not update the placeholder of a broken image when the image's attributes change.
  if (old.localName === "img") {
    old.replaceWith(old.ownerDocument.importNode(now, true));
    return;
  }
  const unchanged = UNCHANGED[old.localName] ?? [];
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && !unchanged.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (old.getAttribute(name) !== value && !unchanged.includes(name)) old.setAttribute(name, value);
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
    while (at !== same) at = remove(at);
    at = same.nextSibling;
    morph(same, wanted);
  }
  while (at) at = remove(at);
}

/** Remove a node, unless a script has added it. Return the one after it. */
function remove(node) {
  const next = node.nextSibling;
  if (!added.has(node)) node.remove();
  return next;
}

/** Find the node, from `from` on, that corresponds to another: it has the same id, or both are of a kind without id. */
function alike(from, wanted) {
  for (let node = from; node; node = node.nextSibling) {
    if (node.nodeName === wanted.nodeName && (node.id ?? "") === (wanted.id ?? "")) return node;
    // Text may be added or removed, but no element is removed because a text after it is the same.
    if ((node.id && !wanted.id) || wanted.nodeType === Node.TEXT_NODE) return null;
  }
  return null;
}
