// Single keys for what editors choose all day. One click turns them off (WCAG 2.2, 2.1.4).

import { store, stored } from "./storage.js";

// Each key, and the id of the link that it follows.
const LINKS = {
  d: "device-desktop", p: "device-phone", b: "device-both", l: "scheme-light", k: "scheme-dark", i: "scheme-inverted",
  1: "view-email", 2: "view-inbox", 3: "view-checks", 4: "view-listening",
};
const get = (id) => document.getElementById(id);
const areOff = () => stored("keys") === "off";

/** Do what a key is for, if it is for anything here. */
function press(key) {
  if (key === "?") get("keys")?.showModal();
  if (key === "m") get("show-marks")?.click();
  const link = get(LINKS[key]);
  if (link?.checkVisibility()) link.click();
}

/** React to a key that is pressed in this page, or in an email in its frame. */
export function onKey(event) {
  const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (areOff() || isTyping || hasModifier || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
  press(event.key.toLowerCase());
}

/** Prepare the list of keys: the button that shows it, and the box that turns the keys off. */
export function offerKeys() {
  document.addEventListener("keydown", onKey);
  if (!get("keys")) return;
  get("show-keys").hidden = false;
  get("show-keys").addEventListener("click", ({ target }) => {
    // The list gives the focus back to where it was. The button is in a menu that closes meanwhile.
    target.closest(".menu").querySelector("summary").focus();
    get("keys").showModal();
  });
  get("use-keys").checked = !areOff();
  get("use-keys").addEventListener("change", ({ target }) => store("keys", target.checked ? "on" : "off"));
}
