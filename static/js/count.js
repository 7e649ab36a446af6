// Says how many letters a field has, as its writer would count them: an emoji is one.

for (const count of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(count.dataset.count);
  const say = () => { count.textContent = count.dataset.text.replace("%s", [...field.value.trim()].length); };
  field.addEventListener("input", say);
  say();
}
