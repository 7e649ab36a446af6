// Keeps the writer undisturbed: a save that fails is told beside the form, and Enter sends nothing by accident.

const form = document.getElementById("composer");
const saved = document.getElementById("saved");

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  form.addEventListener(failure, (event) => {
    event.stopPropagation();
    const isSignedOut = event.detail.xhr?.status === 401;
    saved.textContent = isSignedOut ? form.dataset.signedOut : form.dataset.unsaved;
  });
}

// A photo is sent by its own field: a save of the rest would say that all is well.
form.addEventListener("input", (event) => { if (event.target.type === "file") event.stopPropagation(); }, true);

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input:not([type='file'])")) event.preventDefault();
});
