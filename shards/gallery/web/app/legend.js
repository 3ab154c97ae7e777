// What colours of a picture mean.

import { h, swatch } from "./dom.js";
import { percent, roughly } from "./format.js";

const TICKS = 5;

/** A bar of the depth scale with distances in metres, evenly spaced in their logarithm. */
export function depthLegend(scale) {
  const bar = h("canvas", { class: "ramp", width: 256, height: 1, "aria-hidden": "true" });
  const pen = bar.getContext("2d");
  for (let x = 0; x < 256; x++) {
    pen.fillStyle = `rgb(${scale.color(scale.at(x / 255)).join(" ")})`;
    pen.fillRect(x, 0, 1, 1);
  }
  const ticks = Array.from({ length: TICKS }, (_, i) => {
    const unit = i === TICKS - 1 ? " m" : "";
    return h("span", {}, roughly(scale.at(i / (TICKS - 1))) + unit);
  });
  return h("div", { class: "scale" }, bar, h("div", { class: "ticks" }, ticks));
}

/** Names with their colours; `onpick(entry)` when one is pointed at, `onpick(null)` when no longer. */
export function nameLegend(entries, total, onpick) {
  const items = entries.map((entry) => {
    const share = entry.pixels === undefined ? "" : percent(entry.pixels / total);
    const item = h("li", { tabindex: "0" }, swatch(entry.rgb), h("span", {}, entry.name), h("span", { class: "quiet" }, share));
    for (const event of ["pointerenter", "focus"]) item.addEventListener(event, () => onpick(entry));
    for (const event of ["pointerleave", "blur"]) item.addEventListener(event, () => onpick(null));
    return item;
  });
  return h("ul", { class: "legend" }, items);
}
