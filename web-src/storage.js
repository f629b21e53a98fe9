// What the reader set, kept in this browser. Storage may be switched off or full; a setting then lasts as long as the page.

export function recall(name, otherwise) {
  try {
    return JSON.parse(window.localStorage.getItem(`twosource.${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(name, value) {
  try {
    window.localStorage.setItem(`twosource.${name}`, JSON.stringify(value));
  } catch {
    // see above
  }
}
