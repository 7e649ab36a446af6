// The review page: the focus goes to the story that opens, or to why nothing was decided; a note is sent
// with Ctrl+Enter; what can be taken back for ten seconds, or fewer where many were decided, is offered no longer.

const UNDO_MS = 10_000;

document.addEventListener("htmx:afterSettle", ({ target }) => {
  offer();
  if (target.id !== "review" || target.querySelector("[data-error-summary]")) return;
  const refused = target.querySelector("[data-refused]");
  const story = target.querySelector("article.card--full");
  if (refused) {
    refused.focus({ preventScroll: true });
    refused.scrollIntoView({ block: "center" });
  } else if (story?.checkVisibility()) story.focus({ preventScroll: true });
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

// A form that is opened from the bar, which stays in sight, may unfold below what is: its field takes the focus,
// as with the form's key, and what is typed next is the note.
document.addEventListener("click", ({ target }) => {
  const fold = target.closest("details.decision > summary")?.parentElement;
  fold?.addEventListener("toggle", () => {
    if (fold.open) fold.querySelector("textarea, input:not([type='hidden'])")?.focus();
  }, { once: true });
});

function offer() {
  for (const undo of document.querySelectorAll("[data-undo]:not([data-timed])")) {
    undo.dataset.timed = "";
    setTimeout(() => {
      if (undo.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
      undo.remove();
    }, Number(undo.dataset.undo) || UNDO_MS);
  }
}

offer();
