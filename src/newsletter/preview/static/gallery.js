// The frames of the gallery are no higher than what they show, and its YAML can be copied. Without this script the
// frames have one height, and scroll.

const copied = document.getElementById("copied");
// The height of each example: when its frame is replaced, the page does not jump.
const heights = new Map();

/** Give a frame the height of its page, up to that of the style sheet. */
function fit(frame) {
  const page = frame.contentDocument;
  if (!page?.body?.childElementCount) return;
  heights.set(frame.dataset.example, page.body.offsetHeight);
  use(frame);
}

/** Give a frame the height that its example had before. */
function use(frame) {
  const height = heights.get(frame.dataset.example);
  if (!height) return;
  const needed = `${height + frame.offsetHeight - frame.clientHeight}px`;
  const { style } = frame;
  if (frame.matches(".layout")) [style.minHeight, style.maxHeight] = [`min(${needed}, 40rem)`, needed];
  else style.height = needed;
}

const frames = () => document.querySelectorAll("iframe.look");
const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));

function start() {
  for (const frame of frames()) {
    use(frame);
    sizes.observe(frame);
  }
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

// The load event does not bubble.
document.addEventListener("load", ({ target }) => target.matches?.("iframe.look") && fit(target), true);
document.addEventListener("preview:updated", start);
document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  copied.textContent = "";
  try {
    await navigator.clipboard.writeText(`${source.textContent}\n`);
    copied.textContent = "Copied.";
    button.classList.add("done");
  } catch {
    getSelection().selectAllChildren(source); // the browser does not allow it: one key is left to press
    copied.textContent = "Selected. Press Control-C to copy it.";
  }
});
start();
