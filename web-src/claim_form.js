// The form of a claim: words that are chosen in the report's text are put into its fields. Without this they are copied.
import { selectedRun } from "./decide.js";

const ARROWS = { ArrowLeft: "left", ArrowRight: "right" };

class Filling {
  constructor(page) {
    this.page = page;
    this.form = page.querySelector(".claim-form");
    this.text = page.getElementById("report-text");
    this.choosing = page.getElementById("choosing");
    this.into = page.getElementById("into");
    this.status = page.getElementById("chosen");
    this.chosen = null; // the words, and where they stand
  }

  listen() {
    reveal(this.page);
    for (const one of this.page.querySelectorAll(".by-hand")) one.hidden = true;
    this.offer();
    this.page.addEventListener("selectionchange", () => this.look());
    this.page.addEventListener("mousedown", (event) => {
      if (event.target.closest(".puts button, .choosing button")) event.preventDefault(); // else the selection would go
    });
    this.form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-put]");
      if (button) this.put(button.closest(".puts"), button.dataset.put === "add");
      if (event.target.closest("#add-figure")) this.addFigure();
      if (event.target.closest("[data-drop]")) this.dropFigure(event.target.closest(".figure-row"));
    });
    this.form.addEventListener("focusin", (event) => this.remember(event.target));
    this.choosing.addEventListener("submit", (event) => {
      event.preventDefault();
      this.put(this.target(), event.submitter?.value === "add");
    });
    this.into.addEventListener("change", () => this.tell());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.tell();
    showMarked(this.text);
  }

  // The fields that take words, in the list below the text.
  offer() {
    const named = this.into.value;
    const fields = [...this.form.querySelectorAll(".puts")];
    this.into.replaceChildren(...fields.map((one) => new Option(one.dataset.of, one.dataset.puts)));
    if (fields.some((one) => one.dataset.puts === named)) this.into.value = named;
  }

  remember(field) {
    if (!field.name || !this.form.querySelector(`.puts[data-puts="${CSS.escape(field.name)}"]`)) return;
    this.into.value = field.name;
    this.tell();
  }

  target() {
    return this.form.querySelector(`.puts[data-puts="${CSS.escape(this.into.value)}"]`);
  }

  // What is selected in the text stays chosen while the focus is in a field.
  look() {
    const selection = this.page.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!this.text.contains(range.commonAncestorContainer)) return;
    const words = range.toString().trim().replace(/\s+/g, " ");
    if (!words) return;
    this.chosen = { words, run: selectedRun(this.page) };
    if (CSS.highlights) CSS.highlights.set("chosen", new Highlight(range.cloneRange()));
    this.tell();
  }

  tell(words) {
    const target = this.target();
    for (const button of this.page.querySelectorAll("[data-put], .choosing button")) {
      button.disabled = !this.chosen || (button.value === "add" && !target?.dataset.parted);
    }
    const chosen = this.chosen ? `Chosen: “${shortened(this.chosen.words)}”` : "No words are chosen.";
    this.status.textContent = words ?? chosen;
  }

  put(puts, adds) {
    if (!puts || !this.chosen) return;
    const field = this.form.elements[puts.dataset.puts];
    const parted = puts.dataset.parted;
    const before = adds && parted ? field.value.replace(/[\s;]+$/, "") : "";
    field.value = before ? before + parted + this.chosen.words : this.chosen.words;
    if (field.name === "evidence") this.keepRun(Boolean(before));
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.into.value = field.name;
    this.tell(`Put in ${puts.dataset.of}: “${shortened(this.chosen.words)}”`);
  }

  // The same words may stand twice in the text: those chosen last come first.
  keepRun(adds) {
    const runs = this.page.getElementById("runs");
    const { run } = this.chosen;
    runs.value = [run ? `${run.start}-${run.end}` : "", adds ? runs.value : ""].join(" ").trim();
  }

  addFigure() {
    const rows = [...this.form.querySelectorAll(".figure-row")];
    const number = 1 + Math.max(-1, ...rows.map((row) => Number(row.querySelector("input").name.split("-")[1])));
    const template = this.page.getElementById("new-figure");
    const row = template.content.cloneNode(true);
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of element.attributes) {
        attribute.value = attribute.value.replace(/figure-NEW/, `figure-${number}`).replace(/(figure) new/i, `$1 ${number + 1}`);
      }
    }
    reveal(row);
    template.before(row);
    this.offer();
    this.tell();
    this.form.elements[`figure-${number}-phrase`].focus();
  }

  dropFigure(row) {
    row.remove();
    this.offer();
    this.tell("The figure is out of the form.");
    this.page.getElementById("add-figure").focus();
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.put(this.target(), event.shiftKey);
    } else if (event.key in ARROWS) {
      event.preventDefault();
      chooseWord(this.text, ARROWS[event.key], event.shiftKey);
      this.look();
    }
  }
}

function reveal(part) {
  for (const one of part.querySelectorAll("[hidden]:is(.puts, .by-script, .choosing)")) one.hidden = false;
}

// An arrow chooses the word on that side of what is chosen, or with Shift that word too; the first time the first of the
// marked words.
function chooseWord(text, side, more) {
  const selection = text.ownerDocument.getSelection();
  const inside = selection.rangeCount && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  if (!inside) {
    selection.collapse(text.querySelector("mark") ?? text.querySelector("[data-at]"), 0);
    selection.modify("extend", "forward", "word");
    return keepInside(selection, text);
  }
  const place = selection.focusNode.nodeType === Node.ELEMENT_NODE ? selection.focusNode : selection.focusNode.parentElement;
  const forward = (side === "right") === (getComputedStyle(place).direction !== "rtl");
  if (!more) forward ? selection.collapseToEnd() : selection.collapseToStart();
  selection.modify("extend", forward ? "forward" : "backward", "word");
  keepInside(selection, text);
}

function keepInside(selection, text) {
  if (!text.contains(selection.focusNode)) selection.collapse(text.lastElementChild ?? text, 0);
  const place = selection.focusNode.nodeType === Node.ELEMENT_NODE ? selection.focusNode : selection.focusNode.parentElement;
  place.scrollIntoView({ block: "nearest" });
}

// The sentence before the evidence comes to the top of the text's own window; the page itself stays where it is.
function showMarked(text) {
  const first = text.querySelector(".near, mark");
  if (first) text.scrollTop += first.getClientRects()[0].top - text.getBoundingClientRect().top - 12;
}

function shortened(words) {
  const points = [...words];
  return points.length > 80 ? `${points.slice(0, 79).join("")}…` : words;
}

new Filling(document).listen();
