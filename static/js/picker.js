// People pickers: an editable combobox with list autocomplete (ARIA Authoring Practices). htmx asks the
// server for the options; each option brings the chip that it becomes.

const SHORTEST = 2;
const announcer = document.getElementById("announce");

class Picker {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector(".picker__input");
    this.list = root.querySelector("[role='listbox']");
    this.chosen = root.querySelector(".picker__chosen");
    root.dataset.picker = "on";
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.close();
    this.listen();
  }

  listen() {
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("htmx:configRequest", ({ detail }) => { detail.parameters.q = this.input.value; });
    this.list.addEventListener("htmx:afterSwap", () => this.open());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.pick(target.closest("[role='option']")));
    this.chosen.addEventListener("click", (event) => this.clickChosen(event));
    this.root.addEventListener("focusout", ({ relatedTarget }) => { if (!this.root.contains(relatedTarget)) this.close(); });
    // What is typed here is a search, nothing of the story: the form need not save it.
    for (const type of ["input", "change"]) {
      this.root.addEventListener(type, (event) => { if (event.target === this.input) event.stopPropagation(); });
    }
  }

  get options() { return [...this.list.querySelectorAll("[role='option']:not([aria-disabled])")]; }

  get active() { return this.list.querySelector("[aria-selected='true']"); }

  open() {
    if (this.input.value.trim().length < SHORTEST || !this.list.childElementCount) return this.close();
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(this.options[0]);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(null);
  }

  activate(option) {
    this.active?.setAttribute("aria-selected", "false");
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  move(step) {
    if (this.list.hidden) return this.open();
    const options = this.options;
    const at = options.indexOf(this.active) + step;
    this.activate(options[(at + options.length) % options.length]);
  }

  press(event) {
    if (event.isComposing) return;
    const act = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Enter: () => this.pick(this.list.hidden ? null : this.active),
      Escape: () => this.escape(),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key === "Backspace" && !this.input.value) {
      this.takeOff(this.chosen.lastElementChild);
    }
  }

  escape() {
    if (this.list.hidden) this.input.value = "";
    this.close();
  }

  pick(option) {
    const chip = option?.querySelector("template");
    if (!chip) return;
    this.chosen.append(chip.content.cloneNode(true));
    this.input.value = "";
    this.list.replaceChildren();
    this.close();
    this.changed(this.root.dataset.added, this.chosen.lastElementChild);
  }

  clickChosen(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    this.takeOff(button.closest("li"));
  }

  takeOff(chip) {
    if (!chip) return;
    chip.remove();
    this.changed(this.root.dataset.removed, chip);
  }

  changed(sentence, chip) {
    announcer.textContent = sentence.replace("%s", chip.querySelector("bdi").textContent);
    const { first, another } = this.root.dataset;
    this.input.placeholder = this.chosen.childElementCount ? another : first;
    this.input.focus();
    this.chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const root of document.querySelectorAll("[data-picker]")) new Picker(root);
