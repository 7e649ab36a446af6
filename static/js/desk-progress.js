// A look at the figures that fails says so beside them and nowhere else: the next one comes in a moment.

const announcer = document.getElementById("announce");

function say(box, kind) {
  for (const text of box.querySelectorAll("[data-stale]")) {
    const isNew = text.hidden && text.dataset.stale === kind;
    text.hidden = text.dataset.stale !== kind;
    if (isNew) announcer.textContent = text.textContent;
  }
}

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target.id !== "progress" && event.target.id !== "test") return;
    event.stopPropagation();
    say(event.target, event.detail?.xhr?.status === 401 ? "signed-out" : "away");
  }, { capture: true });
}
