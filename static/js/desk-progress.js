// A look at the figures that fails says so beside them and nowhere else: the next one comes in a moment.

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target.id !== "progress" && event.target.id !== "test") return;
    event.stopPropagation();
    const stale = event.target.querySelector("[data-stale]");
    if (stale) stale.hidden = false;
  }, { capture: true });
}
