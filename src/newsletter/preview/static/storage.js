// What this browser remembers between pages. It stays in the browser: nothing of it is sent.

const PREFIX = "newsletter-preview-";

/** Return what is stored under a name; "" if there is nothing, or if the browser stores nothing. */
export function stored(name, area = "localStorage") {
  try {
    return window[area].getItem(PREFIX + name) ?? "";
  } catch {
    return "";
  }
}

/** Store a text under a name, if the browser allows it: for good, or in `sessionStorage` for this window. */
export function store(name, text, area = "localStorage") {
  try {
    window[area].setItem(PREFIX + name, text);
  } catch {
    // Without it, only the address keeps the choices.
  }
}
