// Says in words that a swap failed: the page stays as it was, with what was typed.

const box = document.getElementById("failure");

function say(kind, words = "") {
  for (const text of box.querySelectorAll("[data-failure]")) text.hidden = text.dataset.failure !== kind;
  box.querySelector("[data-failure='said']").textContent = words;
  box.hidden = false;
  box.scrollIntoView({ block: "center" });
}

document.addEventListener("htmx:sendError", () => say("network"));
document.addEventListener("htmx:timeout", () => say("network"));
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  // A refusal that is a sentence and no page says it itself.
  const isSentence = xhr?.getResponseHeader("Content-Type")?.startsWith("text/plain");
  if ([403, 404].includes(xhr?.status) && isSentence) say("said", xhr.responseText);
  else say(xhr?.status === 401 ? "signed-out" : "answer");
});
document.addEventListener("htmx:beforeRequest", () => { box.hidden = true; });
