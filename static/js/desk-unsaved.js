// Says beside the preview and the test that they leave out what is typed and not saved.

const form = document.querySelector("#words form");
const announcer = document.getElementById("announce");

function isUnsaved() {
  if (!form) return false;
  const fields = [...form.querySelectorAll("input[type='text'], textarea")];
  return "unsaved" in form.dataset || fields.some((field) => field.value !== field.defaultValue);
}

function say() {
  const warning = document.getElementById("unsaved");
  if (!warning) return;
  const wasHidden = warning.hidden;
  warning.hidden = !isUnsaved();
  if (wasHidden && !warning.hidden) announcer.textContent = warning.textContent.trim();
}

form?.addEventListener("input", say);
// The part with the buttons comes anew once a test was asked for.
document.addEventListener("htmx:afterSettle", say);
// A browser may have filled in again what was typed before the page was loaded anew.
addEventListener("pageshow", say);
