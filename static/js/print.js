// Prints the page. Without scripts the button stays away: the browser's own menu prints too.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
