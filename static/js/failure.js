// Says in words that a swap failed: the page stays as it was, with what was typed.

const box = document.getElementById("failure");

function say(kind) {
  for (const text of box.querySelectorAll("[data-failure]")) text.hidden = text.dataset.failure !== kind;
  box.hidden = false;
  box.scrollIntoView({ block: "center" });
}

document.addEventListener("htmx:sendError", () => say("network"));
document.addEventListener("htmx:timeout", () => say("network"));
document.addEventListener("htmx:responseError", ({ detail }) => say(detail.xhr?.status === 401 ? "signed-out" : "answer"));
document.addEventListener("htmx:beforeRequest", () => { box.hidden = true; });
