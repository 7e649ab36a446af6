// Says how many letters a field has, as its writer would count them: an emoji is one.

for (const count of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(count.dataset.count);
  const say = () => {
    const letters = [...field.value.trim()].length;
    const over = letters - count.dataset.most;
    const sentences = [count.dataset.text.replace("%s", letters)];
    if (over > 0) sentences.push(count.dataset.over.replace("%s", over));
    count.textContent = sentences.join(", ");
    count.classList.toggle("field__count--over", over > 0);
  };
  field.addEventListener("input", say);
  say();
}
