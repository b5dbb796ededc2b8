// Keeps how the reader looks at emails, from one issue to the next. The address of the page says it first.

import { store, stored } from "./storage.js";

// A choice in one email means nothing in the next.
const OF_ONE_EMAIL = ["part", "parts"];
const isEmail = () => location.pathname.endsWith("/email");

/** Store what the address of an issue selects: in the Email view all of it, elsewhere the edition. */
export function keepChoices() {
  if (!location.pathname.startsWith("/issues/")) return;
  const now = new URLSearchParams(location.search);
  for (const name of OF_ONE_EMAIL) now.delete(name);
  const choices = isEmail() ? now : new URLSearchParams(stored("choices"));
  if (!now.has("edition")) choices.delete("edition");
  else choices.set("edition", now.get("edition"));
  store("choices", `${choices}`);
}

/** Add the stored choices to an address without any. Return whether that changed the address. */
export function recallChoices() {
  const now = new URLSearchParams(location.search);
  const isChosen = [...now.keys()].some((name) => name !== "edition");
  const [navigation] = performance.getEntriesByType("navigation");
  if (!isEmail() || isChosen || navigation?.type === "back_forward") return false;
  const choices = new URLSearchParams(stored("choices"));
  if (now.has("edition")) choices.set("edition", now.get("edition"));
  if (`${choices}` === `${now}`) return false;
  history.replaceState(null, "", `?${choices}`);
  return true;
}
