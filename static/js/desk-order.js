// Puts the stories of an edition into another order: dragged by their handles, or moved with the arrow keys
// on one. The buttons beside each story do the same without this.

const PATIENCE = 600;
const EDGE = 72;
const announcer = document.getElementById("announce");

const listOf = (story) => story.closest("[data-order]");
const storiesOf = (list) => [...list.querySelectorAll(":scope > li")];
const orderOf = (list) => storiesOf(list).map((story) => story.id).join();

function send(list, story) {
  const form = document.getElementById(list.dataset.order);
  form.elements.moved.value = story.id.replace("story-", "");
  waiting = null;
  isBehind = false;
  form.requestSubmit();
}

let held = null;
let waiting = null;
let isBehind = false;

function placeAt(list, story, y) {
  const after = storiesOf(list).find((other) => {
    const { top, height } = other.getBoundingClientRect();
    return other !== story && y < top + height / 2;
  });
  if (after !== story.nextElementSibling) list.insertBefore(story, after ?? null);
}

function scrollAtEdge(y) {
  if (y < EDGE) scrollBy(0, y - EDGE);
  else if (y > innerHeight - EDGE) scrollBy(0, y - (innerHeight - EDGE));
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".lineup__handle");
  if (!handle || event.button !== 0) return;
  const story = handle.closest("li");
  held = { handle, story, list: listOf(story), before: orderOf(listOf(story)) };
  handle.setPointerCapture(event.pointerId);
  story.classList.add("lineup__story--held");
});

document.addEventListener("pointermove", (event) => {
  if (!held) return;
  placeAt(held.list, held.story, event.clientY);
  scrollAtEdge(event.clientY);
});

function putBack({ list, before }) {
  for (const id of before.split(",")) list.append(document.getElementById(id));
}

function letGo({ isDropped }) {
  if (!held) return;
  const { story, list, before } = held;
  story.classList.remove("lineup__story--held");
  if (!isDropped) putBack(held);
  if (isBehind || orderOf(list) !== before) send(list, story);
  held = null;
}

document.addEventListener("pointerup", () => letGo({ isDropped: true }));
document.addEventListener("pointercancel", () => letGo({ isDropped: false }));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") letGo({ isDropped: false }); });

// An answer that comes while a story is being moved is passed over: it would undo the move that was just told
// of. The order that is sent next brings a newer one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "lineup" || !(waiting || held)) return;
  event.detail.shouldSwap = false;
  isBehind = true;
});

// Several presses are one change: it is sent when the keys rest.
document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.(".lineup__handle");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!handle || !step) return;
  event.preventDefault();
  const story = handle.closest("li");
  const list = listOf(story);
  const stories = storiesOf(list);
  const at = stories.indexOf(story);
  const to = Math.min(Math.max(at + step, 0), stories.length - 1);
  announcer.textContent = list.dataset.moved.replace("%s", to + 1);
  if (to === at) return;
  stories[to][step < 0 ? "before" : "after"](story);
  handle.focus();
  clearTimeout(waiting);
  waiting = setTimeout(send, PATIENCE, list, story);
});
