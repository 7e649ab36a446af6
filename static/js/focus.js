// Keeps the focus and the ears where the change is: errors first, then what was held before a swap.

const announcer = document.getElementById("announce");

function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  summary?.focus();
  return Boolean(summary);
}

function announce(root) {
  const element = root.matches("[data-announce]") ? root : root.querySelector("[data-announce]");
  if (element && announcer) announcer.textContent = element.dataset.announce;
}

let held = null;

document.addEventListener("htmx:beforeSwap", () => {
  held = document.activeElement?.id || null;
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  announce(target);
  const lost = document.activeElement === document.body || document.activeElement === null;
  if (!focusErrors(target) && lost && held) document.getElementById(held)?.focus({ preventScroll: true });
});

// A link in the summary leads to a field; a group of radios has no focus of its own, its first radio has.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  const control = target?.matches("input, select, textarea, button") ? target : target?.querySelector("input, select, textarea");
  if (!control) return;
  event.preventDefault();
  control.focus();
});

focusErrors(document);

// What came with the page changed in no live region: it is said once the page is there.
const said = [...document.querySelectorAll("[role='status'] > .notice")].map((notice) => notice.textContent.trim());
if (said.length && announcer) setTimeout(() => { announcer.textContent = said.join(" "); }, 250);
