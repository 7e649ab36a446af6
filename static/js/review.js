// The review page: the focus goes to the story that opens, a note is sent with Ctrl+Enter, and what
// can be taken back for ten seconds is offered for ten.

const UNDO_MS = 10_000;

document.addEventListener("htmx:afterSettle", ({ target }) => {
  offer();
  if (target.id !== "review" || target.querySelector("[data-error-summary]")) return;
  const story = target.querySelector("article.card--full");
  if (story?.checkVisibility()) story.focus({ preventScroll: true });
  else document.getElementById("main").focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-note]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
  const fold = event.key === "Escape" && event.target.closest?.("details[open]:has(form[data-note])");
  if (fold) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

function offer() {
  for (const undo of document.querySelectorAll("[data-undo]:not([data-timed])")) {
    undo.dataset.timed = "";
    setTimeout(() => {
      if (undo.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
      undo.remove();
    }, UNDO_MS);
  }
}

offer();
