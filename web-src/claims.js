// Which claim is current, and everything that shows it: the card, the words, their roles, the announcement, the address.

const NARROW = window.matchMedia("(max-width: 62rem)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Claims {
  constructor(page) {
    this.page = page;
    this.text = page.querySelector(".report");
    this.list = page.querySelector(".card-list");
    this.announcer = page.getElementById("announcer");
    this.stepper = page.querySelector(".stepper");
    this.current = null;
    this.cards = new Map(all(page, ".card").map((card) => [Number(card.dataset.claim), card]));
    this.words = wordsByClaim(this.text);
    this.refs = new Map();
    for (const ref of all(this.text, ".ref")) addTo(this.refs, Number(ref.dataset.claim), ref);
  }

  listen() {
    this.text.addEventListener("click", (event) => this.clickedText(event));
    this.list?.addEventListener("click", (event) => this.clickedCard(event));
    this.page.addEventListener("focusin", (event) => this.focused(event.target));
    window.addEventListener("hashchange", () => this.showFromAddress());
    if (!this.stepper) return;
    this.stepper.hidden = false;
    this.stepper.addEventListener("click", (event) => this.clickedStepper(event));
    this.tellStepper();
  }

  // --- what the reader does

  clickedText(event) {
    const ref = event.target.closest("a.ref");
    if (ref) {
      if (!isPlain(event)) return;
      event.preventDefault();
      this.show(Number(ref.dataset.claim), { focus: "card" });
      return;
    }
    const words = event.target.closest("[data-claims]");
    if (!words || hasSelection()) return;
    const here = words.dataset.claims.split(" ").map(Number).filter((number) => this.isShown(number));
    if (here.length) this.show(here[(here.indexOf(this.current) + 1) % here.length], { focus: "card" });
  }

  clickedCard(event) {
    const card = event.target.closest(".card");
    if (!card || event.target.closest("details, form, .decide") || hasSelection() || !isPlain(event)) return;
    event.preventDefault();
    this.show(Number(card.dataset.claim), { focus: "text" });
  }

  clickedStepper(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if ("close" in button.dataset) this.clear();
    else this.step(Number(button.dataset.step), null);
  }

  focused(target) {
    // Coming to a claim's number with the Tab key makes it the current one, so that eye and focus agree.
    const ref = target.closest?.("a.ref, .card a.number");
    if (ref && ref.matches(":focus-visible")) {
      this.show(Number(ref.dataset.claim ?? ref.closest(".card").dataset.claim), { focus: null });
    }
  }

  showFromAddress() {
    const card = this.page.getElementById(decodeURIComponent(window.location.hash.slice(1)))?.closest(".card");
    if (card) this.show(Number(card.dataset.claim), { focus: "text" });
  }

  // A card came anew from the desk, with what was decided on it.
  renew(card) {
    const number = Number(card.dataset.claim);
    this.cards.set(number, card);
    for (const ref of this.refs.get(number) ?? []) ref.dataset.mark = card.dataset.mark;
    if (number === this.current) card.setAttribute("aria-current", "true");
    const trouble = card.querySelector(".trouble")?.textContent;
    this.announcer.textContent = trouble ?? `Claim ${number}: ${card.dataset.mark}`;
    card.focus({ preventScroll: true });
  }

  // --- what follows

  step(by, focus = this.side()) {
    const shown = [...this.cards.keys()].filter((number) => this.isShown(number));
    if (!shown.length) return;
    const at = shown.indexOf(this.current);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by));
    this.show(shown[next], { focus });
  }

  jump() {
    if (this.current) this.show(this.current, { focus: this.side() === "card" ? "text" : "card" });
  }

  side() {
    return this.page.activeElement?.closest?.(".cards") ? "card" : "text";
  }

  isShown(number) {
    return this.cards.get(number)?.getClientRects().length > 0;
  }

  show(number, { focus }) {
    const card = this.cards.get(number);
    if (!card) return;
    if (number !== this.current) {
      this.unmark();
      this.current = number;
      this.mark(card);
      this.announcer.textContent = card.dataset.summary;
      window.history.replaceState(null, "", `#${card.id}`);
    }
    this.bringIntoView(card, focus);
  }

  mark(card) {
    card.setAttribute("aria-current", "true");
    for (const ref of this.refs.get(this.current) ?? []) ref.setAttribute("aria-current", "true");
    for (const words of this.words.get(this.current) ?? []) light(words, this.current);
    this.page.body.classList.add("has-claim");
    this.tellStepper();
  }

  unmark() {
    for (const marked of all(this.page, ".card[aria-current], .ref[aria-current]")) marked.removeAttribute("aria-current");
    for (const words of this.words.get(this.current) ?? []) unlight(words);
    this.page.body.classList.remove("has-claim");
  }

  clear() {
    const ref = this.refs.get(this.current)?.[0];
    this.unmark();
    this.current = null;
    this.tellStepper();
    this.announcer.textContent = "No claim";
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    if (this.page.activeElement?.closest?.(".cards")) ref?.focus({ preventScroll: true });
  }

  bringIntoView(card, focus) {
    const ref = this.refs.get(this.current)?.[0];
    const behavior = STILL.matches ? "auto" : "smooth";
    if (focus === "card") card.focus({ preventScroll: true });
    if (focus === "text") ref?.focus({ preventScroll: true });
    if (!NARROW.matches) scrollInside(this.list, card, behavior);
    if (ref && !isComfortable(ref, NARROW.matches ? card : null)) {
      const top = window.scrollY + ref.getBoundingClientRect().top - window.innerHeight * (NARROW.matches ? 0.2 : 0.35);
      window.scrollTo({ top, behavior });
    }
  }

  tellStepper() {
    if (!this.stepper) return;
    this.stepper.querySelector(".place").textContent = `${this.current ?? "–"} of ${this.cards.size}`;
    this.stepper.querySelector("[data-close]").disabled = this.current === null;
  }
}

function all(node, selector) {
  return [...node.querySelectorAll(selector)];
}

function addTo(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

function wordsByClaim(text) {
  const found = new Map();
  for (const words of all(text, "[data-claims], [data-roles]")) {
    const numbers = new Set((words.dataset.claims ?? "").split(" ").filter(Boolean).map(Number));
    for (const role of rolesOf(words.dataset.roles)) numbers.add(role.claim);
    for (const number of numbers) addTo(found, number, words);
  }
  return found;
}

function rolesOf(written) {
  return (written ?? "").split("|").filter(Boolean).map((role) => {
    const [claim, ...name] = role.split(":");
    return { claim: Number(claim), name: name.join(":") };
  });
}

function light(words, number) {
  if ((words.dataset.claims ?? "").split(" ").includes(String(number))) words.classList.add("on");
  const mine = (written) => rolesOf(written).filter((role) => role.claim === number).map((role) => role.name);
  if (mine(words.dataset.roles).length) words.classList.add("in-role");
  const begins = [...new Set(mine(words.dataset.begins))];
  if (begins.length) words.dataset.role = begins.join(", ");
}

function unlight(words) {
  words.classList.remove("on", "in-role");
  delete words.dataset.role;
}

function scrollInside(list, card, behavior) {
  const pane = list.closest(".cards");
  const head = pane.querySelector(".cards-head").offsetHeight;
  const [outer, inner] = [pane.getBoundingClientRect(), card.getBoundingClientRect()];
  if (inner.top >= outer.top + head && inner.bottom <= outer.bottom) return;
  pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - head - 2, behavior });
}

function isComfortable(ref, sheet) {
  const { top, bottom } = ref.getBoundingClientRect();
  const floor = sheet ? sheet.getBoundingClientRect().top : window.innerHeight;
  return top > 72 && bottom < floor - 48;
}

function isPlain(event) {
  return !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button);
}

function hasSelection() {
  return !(window.getSelection()?.isCollapsed ?? true);
}
