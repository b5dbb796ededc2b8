// Copies the HTML or the plain text of an email, and says whether it worked. Without this script, both can be selected.

const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  const result = document.getElementById(`${button.dataset.copy}-result`);
  // The same words again would not be announced.
  result.textContent = "";
  try {
    await navigator.clipboard.writeText(source.value);
    result.textContent = `Copied: ${source.value.length.toLocaleString("en-GB")} characters.`;
  } catch {
    source.closest("details").open = true;
    source.focus();
    source.select();
    result.textContent = "Your browser does not allow it. All of it is selected: copy it with Control-C or Command-C.";
  }
};

const show = () => {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
// After a save, the page gets its new content with the buttons hidden again.
new MutationObserver(show).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden"] });
show();
