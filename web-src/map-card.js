// What stands at a spot of the map that was pressed: its places, how sharply each is known, and the way to their events.

export function cardFor(holder) {
  holder.parentElement.querySelector(".map-card")?.remove();
  const card = Object.assign(document.createElement("div"), { className: "map-card", hidden: true });
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", "What stands here");
  holder.after(card);
  card.addEventListener("keydown", ({ key }) => key === "Escape" && close());

  function close() {
    card.hidden = true;
  }

  function tell(places) {
    const each = new Map(places.map((place) => [place.key, place]));
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    button.addEventListener("click", close);
    card.replaceChildren(...[...each.values()].map(lineOf), button);
    card.hidden = !each.size;
  }

  return { tell, close };
}

function lineOf({ name, words, events, link }) {
  const line = document.createElement("p");
  const head = document.createElement("strong");
  const place = Object.assign(document.createElement("bdi"), { textContent: name });
  head.append(place);
  const way = Object.assign(document.createElement("a"), { href: link, textContent: events === 1 ? "1 event" : `${events} events` });
  const how = Object.assign(document.createElement("span"), { className: "under", textContent: words });
  line.append(head, " ", how, " ", way);
  return line;
}
