// The review queue by key. What a key does is done by a button or a link of the item, which work without this.
import { keep, recall } from "./storage.js";

const help = document.getElementById("help");
const letters = document.getElementById("letter-keys");
const opener = document.getElementById("open-help");
const announcer = document.getElementById("announcer");
let current = null;
let meant = null; // the button that led into "Why"

letters.checked = recall("letter-keys", true) !== false;
letters.addEventListener("change", () => keep("letter-keys", letters.checked));
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());

function items() {
  return [...document.querySelectorAll(".item")];
}

function show(item) {
  current?.removeAttribute("aria-current");
  current = item;
  item.setAttribute("aria-current", "true");
  item.focus({ preventScroll: true });
  const { top, bottom } = item.getBoundingClientRect();
  if (top < 72 || bottom > window.innerHeight - 16) window.scrollBy({ top: top - 88 });
}

function step(by) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(current);
  show(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function actionFor(key) {
  if (key === "?") return () => help.showModal();
  if (key === "j") return () => step(1);
  if (key === "k") return () => step(-1);
  if (!current) return null;
  const why = current.querySelector("input[name=reason]");
  if (key === "w") return why ? () => ask(why, null) : null;
  const target = current.querySelector(`[data-key="${CSS.escape(key)}"]`);
  return target ? () => target.click() : null;
}

// "Why" is led into by a key or a button. Enter there presses that button; where none led there, it leaves the field,
// and never presses the form's first button.
function ask(why, button) {
  meant = button;
  tell(why);
  why.focus();
}

function tell(why) {
  const place = why.form.querySelector(".on-enter");
  if (place) place.textContent = meant ? `, then Enter: ${meant.textContent}` : "";
}

function isWhy(target) {
  return target.matches?.(".item input[name=reason]") ?? false;
}

function answerWhy(event) {
  const why = event.target;
  const decides = event.key === "Enter" && why.form.querySelector(".on-enter"); // a form of one button is sent as ever
  if (!decides && event.key !== "Escape") return;
  event.preventDefault();
  if (decides && meant) {
    if (why.value.trim()) meant.click();
    return;
  }
  why.closest(".item").focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (help.open || event.isComposing) return;
  if (event.key === "Escape" && event.target.matches?.(".item input[name=told-by]")) {
    event.preventDefault();
    event.target.closest(".item").focus({ preventScroll: true });
    return;
  }
  if (isWhy(event.target)) {
    answerWhy(event);
    return;
  }
  if (!letters.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.("textarea, select, input:not([type=checkbox])")) return;
  const action = actionFor(event.key);
  if (!action) return;
  event.preventDefault();
  if (event.repeat && !["j", "k"].includes(event.key)) return; // a key that is held down decides once
  action();
});

// A rejection, a disagreement or what came of a plan needs a reason, or what tells so: the button asks for it before
// anything is sent.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".item :is(button[value=reject], button[value=disagree], button[value$=happened])");
  const why = button?.form.querySelector("input[name=reason]");
  if (!why || why.value.trim() || why.form.querySelector("input[name=told-by]")?.value.trim()) return;
  event.preventDefault();
  ask(why, button);
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.(".item");
  if (!item || item === current) return;
  current?.removeAttribute("aria-current");
  current = item;
  item.setAttribute("aria-current", "true");
});

document.addEventListener("focusout", (event) => {
  if (!isWhy(event.target) || !document.hasFocus()) return;
  meant = null;
  tell(event.target);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const item = event.target;
  if (!item.matches?.(".item")) return;
  meant = null;
  item.classList.toggle("is-decided", Boolean(item.querySelector(".reviewed")));
  announcer.textContent = item.querySelector("p")?.textContent ?? "";
  item.focus({ preventScroll: true });
});
