// The keyboard. Letters work everywhere on the page but can be turned off in the help, as WCAG 2.1.4 asks; arrows only
// while a claim's number or card has the focus, so that they scroll as ever elsewhere.

import { decisionFor } from "./decide.js";
import { keep, recall } from "./storage.js";

export function listenToKeys(claims, page) {
  const help = page.getElementById("help");
  const letters = page.getElementById("letter-keys");
  letters.checked = recall("letter-keys", true) !== false;
  letters.addEventListener("change", () => keep("letter-keys", letters.checked));
  const opener = page.getElementById("open-help");
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());

  page.addEventListener("keydown", (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = actionFor(event, claims, help, letters.checked, page);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionFor(event, claims, help, letters, page) {
  const onClaim = event.target.closest?.(".ref, .card");
  const key = event.key;
  if (key === "Escape") return () => claims.clear();
  if (letters && key === "j") return () => claims.step(1);
  if (letters && key === "k") return () => claims.step(-1);
  if (letters && key === "?") return () => help.showModal();
  const decision = letters ? decisionFor(key, claims, page) : null;
  if (decision) return decision;
  if (onClaim && key === "ArrowDown") return () => claims.step(1);
  if (onClaim && key === "ArrowUp") return () => claims.step(-1);
  if (key === "Enter" && event.target.matches?.(".card, .ref, .number")) return () => claims.jump();
  return null;
}

function isTyping(target) {
  return target.matches?.("textarea, select, [contenteditable], input:not([type=checkbox])");
}
