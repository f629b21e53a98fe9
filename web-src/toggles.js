// Keeps which highlights are shown from one report to the next. The showing itself is done by the style sheet.
import { keep, recall } from "./storage.js";

export function keepToggles(inputs) {
  const known = recall("hidden-highlights", []);
  const hidden = new Set(Array.isArray(known) ? known : []);
  for (const input of inputs) {
    input.checked = !hidden.has(input.id);
    input.addEventListener("change", () => {
      if (input.checked) hidden.delete(input.id);
      else hidden.add(input.id);
      keep("hidden-highlights", [...hidden]);
    });
  }
}
