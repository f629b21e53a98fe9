// Decisions by key and by selection: what they do is done by the forms and links of the cards, which work without this.

const BLOCK = "[data-at]";

export function listenToDecisions(claims, page) {
  page.addEventListener("htmx:load", (event) => {
    const card = event.target.querySelector?.(".card");
    if (event.target.matches?.(".slot") && card) claims.renew(card);
  });
  page.addEventListener("keydown", (event) => {
    if (event.target.matches?.(".say-why input")) leaveWhy(event);
    const reject = event.key === "Escape" ? event.target.closest?.("details.reject[open]") : null;
    if (!reject) return;
    reject.open = false;
    reject.closest(".card").focus({ preventScroll: true });
  });
  const add = page.getElementById("add-claim");
  if (!add) return;
  add.addEventListener("mousedown", (event) => event.preventDefault()); // else the selection would go
  add.addEventListener("click", () => {
    const run = selectedRun(page);
    const address = new URL(add.href);
    for (const name of ["start", "end"]) address.searchParams.delete(name);
    if (run) for (const name of ["start", "end"]) address.searchParams.set(name, String(run[name]));
    add.href = address.pathname + address.search;
  });
}

export function decisionFor(key, claims, page) {
  if (key === "n") return clicking(page.getElementById("add-claim"));
  const card = claims.cards.get(claims.current);
  if (!card) return null;
  if (key === "a") return clicking(card.querySelector("[data-act=accept]"));
  if (key === "e") return clicking(card.querySelector("[data-act=fix]"));
  if (key === "u") return clicking(card.querySelector("[data-act=undo]"));
  const asks = { w: "details.say-why", x: "details.reject" }[key];
  const asked = asks ? card.querySelector(asks) : null;
  return asked ? () => askWhy(asked) : null;
}

function clicking(target) {
  return target ? () => target.click() : null;
}

function askWhy(details) {
  details.open = true;
  details.querySelector("input[name=reason]").focus();
}

// Out of the field of a reason that none has to give; one that is written stays in sight for the key that decides.
function leaveWhy(event) {
  if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
  event.preventDefault();
  const details = event.target.closest(".say-why");
  details.open = Boolean(event.target.value.trim());
  details.closest(".card").focus({ preventScroll: true });
}

// The selected words as offsets in code points of the report's text. What the page shows in place of a control
// character stands for one code point.
export function selectedRun(page) {
  const selection = page.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

function offsetOf(node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = element?.closest(BLOCK);
  if (!block) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return Number(block.dataset.at) + codePoints(before.cloneContents());
}

function codePoints(fragment) {
  for (const control of fragment.querySelectorAll(".control")) control.textContent = "x";
  return [...fragment.textContent].length;
}
