// The table of a frame's objects.

import { h, swatch } from "./dom.js";
import { count, percent } from "./format.js";

const HEADINGS = ["object", "category", "colour", "material", "size", "pixels", "visible", "2D box", "size in m"];

/** Rows for objects in sight, the largest first; `onpick(object)` when one is pointed at, null when no longer. */
export function objectTable(objects, onpick) {
  const seen = objects.filter((entry) => entry.visible_pixels).sort((a, b) => b.visible_pixels - a.visible_pixels);
  const rows = new Map(seen.map((entry) => [entry.id, row(entry, onpick)]));
  const head = h("tr", {}, HEADINGS.map((text) => h("th", { scope: "col" }, text)));
  const table = h("table", { class: "objects" }, h("thead", {}, head), h("tbody", {}, [...rows.values()]));
  const hidden = objects.length - seen.length;
  const element = h(
    "section",
    { class: "wide" },
    h("h2", {}, `${count(seen.length)} objects in sight`, hidden ? h("span", { class: "quiet" }, `, ${count(hidden)} out of it`) : ""),
    h("p", { class: "quiet" }, "Point at a row: solid is the box of what is visible, dashed the whole object's box in space."),
    h("div", { class: "scroll" }, table),
  );
  return { element, mark: (id) => mark(rows, id) };
}

function row(entry, onpick) {
  const cut = entry.truncated ? ", cut off" : "";
  const cells = [
    [swatch(entry.rgb), entry.name],
    entry.category || "unlabelled",
    entry.color,
    entry.material,
    entry.size,
    count(entry.visible_pixels),
    percent(entry.visible_fraction, 0) + cut,
    entry.box_2d.join(", "),
    entry.dimensions.map((side) => side.toPrecision(2)).join(" × "),
  ];
  const element = h("tr", { tabindex: "0", title: entry.parts.length ? `parts: ${entry.parts.join(", ")}` : null },
    cells.map((cell) => h("td", {}, cell)));
  for (const event of ["pointerenter", "focus"]) element.addEventListener(event, () => onpick(entry));
  for (const event of ["pointerleave", "blur"]) element.addEventListener(event, () => onpick(null));
  return element;
}

function mark(rows, id) {
  for (const [number, element] of rows) element.classList.toggle("under", number === id);
}
