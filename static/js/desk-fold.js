// The other stories stay unfolded, or folded, when the stories of an edition come anew.

let isOpen = false;

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target.id === "lineup") isOpen = target.querySelector("#spare")?.open ?? false;
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const fold = target.id === "lineup" && target.querySelector("#spare");
  if (fold) fold.open = isOpen;
});
