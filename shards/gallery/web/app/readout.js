// The line that says what the pixel under the pointer is.

import { h } from "./dom.js";

/** A strip of named values; `fill(place)` gives [name, value] rows for a pixel. */
export function readout(cursor, hint, fill) {
  const element = h("dl", { class: "readout", "aria-live": "off" });
  const show = (place) => {
    if (place === null) return element.replaceChildren(h("div", { class: "quiet" }, hint));
    const rows = [["pixel", `${place.x}, ${place.y}${cursor.pinned ? " (held)" : ""}`], ...fill(place)];
    element.replaceChildren(...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
  };
  cursor.follow(show);
  show(null);
  return element;
}
