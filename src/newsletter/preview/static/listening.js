// Steps through what a screen reader says, and reads it aloud with the browser's own voices. Without this script, only
// the list is there.

const MARK = "aria-current";
const INTERFACE = "en-GB";
const get = (id) => document.getElementById(id);
const speech = window.speechSynthesis;
// Only voices on this computer: others would send the text to a server.
const voices = () => speech?.getVoices().filter((voice) => voice.localService) ?? [];
let at = -1;
let isReading = false;
let turn = 0;

const items = () => [...document.querySelectorAll("#utterances > li")];

/** Go to a step: show it, and let a screen reader say it. */
function go(to, isQuiet = false) {
  const all = items();
  if (!all.length) return;
  at = Math.max(0, Math.min(to, all.length - 1));
  for (const item of document.querySelectorAll(`#utterances > [${MARK}]`)) item.removeAttribute(MARK);
  const item = all[at];
  item.setAttribute(MARK, "true");
  get("position").value = at + 1;
  // In a low window the buttons do not stay in view, so the list may not scroll them away.
  if (!isQuiet && getComputedStyle(get("stepper")).position === "sticky") {
    const isReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    item.scrollIntoView({ block: "nearest", behavior: isReduced ? "instant" : "smooth" });
  }
  // While a voice reads aloud, a screen reader must not speak at the same time.
  get("hearing").replaceChildren(...(isReading ? [] : [...item.querySelector("p").cloneNode(true).childNodes]));
}

function nextHeading() {
  const next = items().findIndex((item, index) => index > at && item.dataset.role === "heading");
  if (next >= 0) go(next);
  else get("hearing").textContent = "There is no heading after this step.";
}

function previousHeading() {
  const before = items().findLastIndex((item, index) => index < at && item.dataset.role === "heading");
  if (before >= 0) go(before);
  else get("hearing").textContent = "There is no heading before this step.";
}

/** Go to the step whose number was typed. If it is not a number, show the current one again. */
function goToTyped() {
  const number = Number.parseInt(get("position").value, 10);
  if (number) move(() => go(number - 1));
  else get("position").value = at < 0 ? "" : at + 1;
}

/** Return this computer's best voice for a language, or its default voice. */
function voiceFor(language) {
  const known = voices();
  const plain = (tag) => tag.replace("_", "-").toLowerCase();
  const wanted = plain(language);
  return (
    known.find((voice) => plain(voice.lang) === wanted) ??
    known.find((voice) => plain(voice.lang).split("-")[0] === wanted.split("-")[0]) ??
    known.find((voice) => voice.default) ??
    known[0]
  );
}

function speak(words, language, then) {
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = language;
  utterance.voice = voiceFor(language);
  const mine = turn;
  utterance.onend = utterance.onerror = () => mine === turn && isReading && then();
  speech.speak(utterance);
}

/** Read the current step, then the next: announcements in English, the words of the page in their own language. */
function read() {
  const item = items()[at];
  const [announced, words] = [item.querySelector(".announced"), item.querySelector(".words")];
  const on = () => (at + 1 < items().length ? (go(at + 1), read()) : stop());
  const sayWords = () => (words ? speak(words.textContent, words.lang, on) : on());
  if (announced) speak(announced.textContent, INTERFACE, sayWords);
  else sayWords();
}

function start() {
  isReading = true;
  get("aloud-words").textContent = "Stop reading";
  go(Math.max(at, 0));
  read();
}

function stop() {
  isReading = false;
  turn += 1;
  speech?.cancel();
  get("aloud-words").textContent = "Read aloud from here";
}

/** Move to another step. If it is reading aloud, it goes on from there. */
function move(step) {
  const wasReading = isReading;
  if (wasReading) stop();
  step();
  if (wasReading) start();
}

/** Show the button to read aloud if this computer has a voice, and a note about missing voices. */
function offer() {
  const known = voices();
  const button = get("step-aloud");
  if (!button) return;
  button.hidden = !known.length;
  const languages = new Set([...document.querySelectorAll("#utterances .words")].map((words) => words.lang.split("-")[0]));
  const missing = [...languages].filter((language) => !known.some((voice) => voice.lang.slice(0, 2) === language.slice(0, 2)));
  const names = new Intl.DisplayNames([INTERFACE], { type: "language" });
  const note = get("voices");
  note.hidden = !missing.length;
  note.textContent = known.length
    ? `This computer has no voice for ${missing.map((tag) => names.of(tag)).join(" and ")}: another voice reads it.`
    : "This browser has found no voice on this computer, so it cannot read aloud. Online voices are not used, because " +
      "they would send your text to other companies.";
}

function begin() {
  const stepper = get("stepper");
  if (!stepper) return;
  stepper.hidden = get("how").hidden = false;
  offer();
}

document.addEventListener("click", (event) => {
  const id = event.target.closest?.("#stepper button")?.id;
  const item = event.target.closest?.("#utterances > li");
  if (id === "step-back") move(() => go(at - 1));
  else if (id === "step-on") move(() => go(at + 1));
  else if (id === "step-heading") move(nextHeading);
  else if (id === "step-heading-back") move(previousHeading);
  else if (item && getSelection().isCollapsed) move(() => go(items().indexOf(item)));
  else if (id === "step-aloud") isReading ? stop() : start();
});
document.addEventListener("change", (event) => event.target.id === "position" && goToTyped());
// The list was updated: keep the current step, and the note about voices.
document.addEventListener("preview:updated", () => {
  begin();
  if (at >= 0) go(at, true);
});
addEventListener("pagehide", () => speech?.cancel());
speech?.addEventListener?.("voiceschanged", offer);
begin();
