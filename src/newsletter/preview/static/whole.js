// In a small window, as on a phone or at a high zoom, the email has its full height: the page scrolls, and no frame in it.

const SMALL = matchMedia("(max-width: 48em), (max-height: 29.99em)");
const sizes = new ResizeObserver(fitAll);
let watched = [];

/** Check whether a frame has the full height of its email. */
export const isWhole = (frame) => frame.style.height !== "";

/** Return how far below the top of what scrolls it the top of an email's own window is, in px. */
export const offsetOf = (frame) => (isWhole(frame) ? frame.getBoundingClientRect().top : 0);

/** Return the window that scrolls an email. */
export const scrollerOf = (frame) => (isWhole(frame) ? window : frame.contentWindow);

/** Give the only frame of a small window the height of its email, and any other frame that of the styles. */
export function fit(frame) {
  const root = frame.contentDocument?.documentElement;
  const isAlone = SMALL.matches && frame.parentElement?.querySelectorAll("iframe").length === 1;
  const height = root && isAlone ? `${Math.ceil(root.getBoundingClientRect().height)}px` : "";
  if (frame.style.height !== height) frame.style.height = height;
}

/** Fit a frame that has loaded, now and whenever its email or the window changes. */
export function keepFitting(frame) {
  watched = [...watched.filter((each) => each.isConnected && each !== frame), frame];
  if (frame.contentDocument?.body) sizes.observe(frame.contentDocument.body);
  fit(frame);
}

function fitAll() {
  for (const frame of watched) if (frame.isConnected) fit(frame);
}

SMALL.addEventListener("change", fitAll);
document.addEventListener("preview:updated", fitAll);
