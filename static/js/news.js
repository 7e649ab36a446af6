// A poll that fails says nothing: nobody asked for it, and the next one comes in a minute.

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target.id === "news") event.stopPropagation();
  }, { capture: true });
}
