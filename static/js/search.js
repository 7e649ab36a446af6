// The tab "Search" opens the field where the reader is. Followed as a plain link it would scroll the page.

document.addEventListener("click", (event) => {
  const field = event.target.closest("a[href='#search']") && document.getElementById("search");
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
});
