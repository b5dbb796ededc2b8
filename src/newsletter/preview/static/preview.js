// Shows each save at once, in place: focus, scrolling and what is open stay as they were. Without this script every
// page of the preview works, and is as new as the last time it was loaded.

const said = document.getElementById("said");
let asking = new AbortController();
let saying = 0;
let events = null;

/** Fetch the page at the window's address and make this one like it. */
async function refresh() {
  asking.abort();
  asking = new AbortController();
  let html;
  try {
    const answer = await fetch(location.href, { signal: asking.signal });
    html = await answer.text();
  } catch {
    return; // a newer save came, or the preview has stopped, which is told elsewhere
  }
  const now = new DOMParser().parseFromString(html, "text/html");
  const [focused, x, y] = [document.activeElement?.id, scrollX, scrollY];
  document.title = now.title;
  morph(document.body, now.body);
  if (focused && document.activeElement === document.body) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  scrollTo({ left: x, top: y, behavior: "instant" });
  document.dispatchEvent(new CustomEvent("preview:renewed"));
}

/** Make an element like another one, and leave alone whatever they have in common. */
function morph(old, now) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  if ("keep" in old.dataset || old.isEqualNode(now)) return;
  if (old.classList.contains("frames")) renewFrame(old, now.querySelector("iframe"));
  // Whether a reader has opened something is the reader's.
  const mine = old.localName === "details" ? ["open"] : [];
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && !mine.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (old.getAttribute(name) !== value && !mine.includes(name)) old.setAttribute(name, value);
  }
  if (!old.classList.contains("frames")) morphChildren(old, now);
}

function morphChildren(old, now) {
  let at = old.firstChild;
  for (const wanted of [...now.childNodes]) {
    const same = alike(at, wanted);
    if (!same) {
      old.insertBefore(document.importNode(wanted, true), at);
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
    if (node.id && !wanted.id) return null;
  }
  return null;
}

/** Load the new email behind the old one; when it is there, it takes the other's place, scrolled as far. */
function renewFrame(frames, wanted) {
  const current = frames.querySelector("iframe:not(.coming)");
  const newest = frames.querySelector("iframe.coming") ?? current;
  if (!wanted || newest.getAttribute("src") === wanted.getAttribute("src")) {
    if (wanted) newest.title = wanted.title;
    return;
  }
  frames.querySelector("iframe.coming")?.remove();
  const coming = document.importNode(wanted, true);
  coming.removeAttribute("id");
  coming.classList.add("coming");
  coming.addEventListener("load", () => {
    if (!coming.isConnected) return; // a newer one took its place while it loaded
    coming.contentWindow?.scrollTo(current.contentWindow?.scrollX ?? 0, current.contentWindow?.scrollY ?? 0);
    tellLinks(coming);
    const hadFocus = document.activeElement === current;
    coming.id = current.id;
    current.remove();
    coming.classList.remove("coming");
    if (hadFocus) coming.focus({ preventScroll: true });
  });
  frames.append(coming);
}

/** Say where a link in the email leads. To follow it would reach the network; links within the email work. */
function tellLinks(frame) {
  frame.contentDocument?.addEventListener("click", (event) => {
    const link = event.target.closest?.("[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    say(`This link leads to ${link.href}. The preview does not follow it.`, 0);
  });
}

/** Say something, without interrupting: of several things in a row the last, and never the same twice. */
function say(words, delay = 600) {
  clearTimeout(saying);
  saying = setTimeout(() => {
    if (said.textContent !== words) said.textContent = words;
  }, delay);
}

/** Listen for saves. Only while the window is in sight: browsers open six connections, and each listener takes one. */
function listen() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource("/events");
  events.addEventListener("shown", (event) => {
    const { slug, version, said: words } = JSON.parse(event.data);
    const { issue, version: seen } = document.body.dataset;
    if ((issue && issue !== slug) || version <= Number(seen)) return;
    refresh();
    if (words) say(issue ? words : `${slug}: ${words}`);
  });
  events.addEventListener("error", () => say("Not connected. Start newsletter preview again to go on.", 3000));
  events.addEventListener("open", () => {
    if (said.textContent.startsWith("Not connected")) said.textContent = "Connected again.";
    clearTimeout(saying);
  });
}

// A choice in a view keeps the page, and the focus on the choice.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  refresh();
});
addEventListener("popstate", refresh);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", listen);

for (const frame of document.querySelectorAll(".frames > iframe")) {
  frame.addEventListener("load", () => tellLinks(frame));
  tellLinks(frame);
}
