// Keeps what is open, and what has the focus, at its problem, wherever that is in the list after a save.

const get = (id) => document.getElementById(id);
const details = () => [...document.querySelectorAll(".finding details[id]")];
const status = () => get("status");
// Between a save and the end of the check, some problems are not in the page, and come back: the ids of what was open,
// and the problem that had the focus.
let opened = [];
let left = null;

/** Remember which problems are open, and which has the focus. Return a function to call when the page has changed. */
export function keepProblems() {
  opened = [...opened.filter((id) => !get(id)), ...details().filter((each) => each.open).map(({ id }) => id)];
  const active = document.activeElement;
  if (!left || active !== (left.target ?? document.body)) left = problemAround(active);
  return () => {
    // Opening one closes the others of its list.
    for (const each of details()) if (!each.open && opened.includes(each.id)) each.open = true;
    if (left) findFocus();
    if (!status()?.hasAttribute("data-building")) [opened, left] = [[], null];
  };
}

/** Return the problem that an element is in, with what can have the focus if it is fixed; null if it is in none. */
function problemAround(element) {
  const problem = element?.closest(".finding");
  if (!problem) return null;
  const all = [...document.querySelectorAll(".finding")].map(({ id }) => id);
  const around = [];
  for (let each = problem.parentElement; each; each = each.parentElement) if (each.hasAttribute("tabindex")) around.push(each.id);
  return { candidates: [...all.slice(all.indexOf(problem.id)), ...around], target: null };
}

/** Bring the focus back to its problem or, if that is fixed, to the next one or to the list. */
function findFocus() {
  const active = document.activeElement;
  if (active !== document.body && active !== left.target) return; // it is where it was, or the reader moved it
  if (status()?.matches(".busy") && !get(left.candidates[0])) return; // it may come back when it is checked
  const first = left.candidates.map(get).find(Boolean);
  left.target = first?.hasAttribute("tabindex") ? first : first?.querySelector("summary");
  if (!left.target || left.target === active) return;
  left.target.focus({ preventScroll: true });
  left.target.scrollIntoView({ block: "nearest", behavior: "instant" });
}
