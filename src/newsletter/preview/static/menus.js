// Menus close as menus do: with Escape, by a click elsewhere, and when the focus leaves. Without this script, their own
// button closes them.

const opened = () => document.querySelectorAll(".menu[open]");

/** Close the menus that an element is not in. */
function closeOthers(element) {
  for (const menu of opened()) menu.open = menu.contains(element);
}

/** Prepare all menus of the page, also those that come with a save. */
export function closeMenus() {
  document.addEventListener("click", ({ target }) => {
    const menu = target.closest(".menu-list a[data-swap]")?.closest(".menu");
    if (!menu) return closeOthers(target);
    menu.querySelector("summary").focus();
    menu.open = false;
  });
  document.addEventListener("focusin", ({ target }) => closeOthers(target));
  // A click into the email is none in this page.
  addEventListener("blur", () => document.activeElement?.localName === "iframe" && closeOthers(document.activeElement));
  document.addEventListener("keydown", (event) => {
    const [menu] = opened();
    if (event.key !== "Escape" || !menu || document.querySelector("dialog[open]")) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });
}
