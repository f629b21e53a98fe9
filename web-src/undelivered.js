// What was sent and did not arrive is told where it was sent from, with what to do; what was typed stays. Nothing is
// sent again without a click or a key.

const TOKEN = "Desk-Token"; // that of a desk which was started again since the page was loaded
const told = new WeakMap(); // the message beside each element that sends
const waiting = new Set(); // forms whose desk is asked whether it is there
const ready = new Set(); // forms whose desk is there

export function listenToDelivery(page) {
  page.addEventListener("htmx:sendError", (event) => missed(event.detail, 0));
  page.addEventListener("htmx:timeout", (event) => missed(event.detail, 0));
  page.addEventListener("htmx:responseError", (event) => missed(event.detail, event.detail.xhr.status));
  page.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) untell(event.detail.elt);
  });
  page.addEventListener("submit", (event) => askFirst(event));
}

// A form that leads to another page would end on the browser's own error page, and what was typed with it.
async function askFirst(event) {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.matches("form[method=post]:has(textarea, input[type=text])")) return;
  if (form.hasAttribute("hx-post") || ready.delete(form)) return;
  event.preventDefault();
  if (waiting.has(form)) return;
  waiting.add(form);
  const there = await isThere();
  waiting.delete(form);
  untell(form);
  if (!there) {
    tell(form, submitter, wordsFor("post", 0));
    return;
  }
  ready.add(form);
  form.requestSubmit(submitter);
}

async function isThere() {
  const icon = document.querySelector("link[rel=icon]");
  try {
    await fetch(icon.href, { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

function missed({ elt, xhr, requestConfig }, status) {
  const token = status === 403 ? xhr.getResponseHeader(TOKEN) : null;
  if (token) for (const input of document.querySelectorAll("input[name=csrf]")) input.value = token;
  const words = wordsFor(requestConfig.verb, status, Boolean(token));
  const asked = requestConfig.verb === "get";
  if (asked && told.get(elt)?.firstElementChild.textContent === words) return; // what is asked every second is told once
  untell(elt);
  tell(elt, requestConfig.triggeringEvent?.submitter ?? null, words, asked ? "Ask again" : "Send it again");
}

function wordsFor(verb, status, started = false) {
  if (verb === "get") return "The desk does not answer as it should, so this is as it was before. Start it again where it ran.";
  if (started) return "Not kept: the desk was started again since this page was loaded. What you typed is still here.";
  if (status === 0) {
    return "Not kept: the desk does not answer. Start it again where it ran, then send it again. What you typed is still here.";
  }
  if (status === 401) {
    return "Not kept: the desk asks for its token. Open the desk in another tab, give the token there, then send it again.";
  }
  if (status >= 500) {
    return "The desk failed while keeping this; why stands where it runs. Send it again: if it was kept after all, the desk says so.";
  }
  return `Not kept: the desk refused it (${status}). Copy what you typed, then load the page again.`;
}

function tell(elt, submitter, words, again = "Send it again") {
  const box = document.createElement("div");
  box.className = "trouble undelivered";
  box.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = words;
  box.append(line);
  if (elt.matches("form")) box.append(buttonFor(elt, submitter, again));
  told.set(elt, box);
  place(box, elt, submitter);
  box.scrollIntoView({ block: "nearest" });
}

function buttonFor(form, submitter, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", () => {
    const from = submitter?.isConnected ? submitter : null;
    from?.focus({ preventScroll: true }); // this button goes
    form.requestSubmit(from);
  });
  return button;
}

// Beside what was pressed: in its row of the list, before its row of buttons, else before itself.
function place(box, elt, submitter) {
  const row = submitter?.closest(".acts, .do, li");
  if (row && (elt.contains(row) || row.matches(".acts"))) {
    if (row.matches("li")) row.append(box);
    else row.before(box);
  } else if (submitter && elt.contains(submitter)) submitter.before(box);
  else elt.append(box);
}

function untell(elt) {
  told.get(elt)?.remove();
  told.delete(elt);
}
