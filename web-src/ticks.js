// Which sentences without a claim have been read, kept in this browser for each version of a report.
import { keep, recall } from "./storage.js";

export function keepTicks(section) {
  if (!section) return;
  const name = `read.${section.dataset.report}`;
  const known = recall(name, []);
  const read = new Set(Array.isArray(known) ? known : []);
  for (const input of section.querySelectorAll("input[data-span]")) {
    input.checked = read.has(input.dataset.span);
    input.addEventListener("change", () => {
      if (input.checked) read.add(input.dataset.span);
      else read.delete(input.dataset.span);
      keep(name, [...read]);
    });
  }
}
