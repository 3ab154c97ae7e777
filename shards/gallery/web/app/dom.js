// Elements are made here, and nowhere from markup: whatever comes from the data is text.

/** An element with attributes, listeners (`onclick`) and properties of `dataset`; children are elements or text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The same for SVG, whose attributes are all plain. */
export function s(tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "color") element.style.setProperty("--swatch", value);
  else element.setAttribute(name, value === true ? "" : value);
}

/** A square of one colour, for legends. */
export function swatch(rgb) {
  return h("span", { class: "swatch", color: `rgb(${rgb.join(" ")})`, "aria-hidden": "true" });
}

/** A table of names and values; rows without a value are left out. */
export function facts(rows) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", { class: "facts" }, known.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** One sentence in place of what could not be shown. */
export function note(text, kind = "") {
  return h("p", { class: `note ${kind}`, role: kind === "fault" ? "alert" : null }, text);
}
