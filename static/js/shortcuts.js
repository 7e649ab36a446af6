// One-key shortcuts. They rest while somebody types, and the preferences can switch them off (WCAG 2.1.4).
// The summary of errors takes the focus from whoever is still typing: no letter of theirs may decide.

const TYPING = "input, textarea, select, [contenteditable], [role='listbox'], dialog[open], [data-error-summary]";

function search() {
  const field = document.getElementById("search");
  field?.focus({ preventScroll: true });
  field?.select();
}

function tell() {
  document.querySelector("[data-compose]")?.click();
}

function walk(step) {
  const cards = [...document.querySelectorAll("main article.card")];
  const at = cards.indexOf(document.activeElement?.closest("article.card"));
  const next = at === -1 ? cards.findIndex((card) => card.getBoundingClientRect().top >= 0) : at + step;
  const card = cards[Math.min(Math.max(next, 0), cards.length - 1)];
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "start" });
}

// What a page gives a key of its own: a link or a button to press, or a fold whose field to type in.
function own(key) {
  const found = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)];
  return found.find((element) => element.checkVisibility());
}

function press(element) {
  const fold = element.matches("summary") && element.parentElement;
  if (!fold) return element.click();
  fold.open = true;
  (fold.querySelector("textarea, input:not([type='hidden'])") ?? element).focus();
}

const KEYS = {
  "/": search,
  n: tell,
  j: () => walk(1),
  k: () => walk(-1),
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.shortcuts === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(TYPING)) return;
  const element = own(event.key);
  const act = element ? () => press(element) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
