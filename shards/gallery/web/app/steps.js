// From one open sample to the next in its list, and back to the list.

import { h } from "./dom.js";
import { typing } from "./keys.js";
import { link } from "./route.js";
import { PAGE, narrowed } from "./set.js";

/** Previous and next of an open sample in its list, over the borders of pages; Esc leads back to the list. */
export async function neighbours(set, kind, at, signal) {
  const from = Number(at.from ?? 0);
  const page = await set.page(kind, narrowed(kind, at), from);
  const names = page.rows.map((row) => `${row.shard}/${row.key}`);
  const place = names.indexOf(at.open);
  const steps = { list: link(kind, { ...at, open: "" }) };
  if (place > 0) steps.previous = link(kind, { ...at, open: names[place - 1] });
  if (place >= 0 && place < names.length - 1) steps.next = link(kind, { ...at, open: names[place + 1] });
  if (place === names.length - 1 && page.next !== null) steps.next = await over(set, kind, at, page.next, 0);
  if (place === 0 && from >= PAGE) steps.previous = await over(set, kind, at, from - PAGE, -1);
  keys(steps, signal);
  return steps;
}

async function over(set, kind, at, from, place) {
  const { rows } = await set.page(kind, narrowed(kind, at), from);
  const row = rows.at(place);
  return row && link(kind, { ...at, from: from || "", open: `${row.shard}/${row.key}` });
}

function keys(steps, signal) {
  document.addEventListener("keydown", (event) => {
    if (typing(event)) return;
    const to = { ArrowLeft: steps.previous, ArrowRight: steps.next, Escape: steps.list }[event.key];
    if (to) location.hash = to;
  }, { signal });
}

/** The way back to the list and along it. */
export function path(steps, title, ...more) {
  const step = (to, label, text) => (to ? h("a", { href: to, "aria-label": label }, text) : h("span", { class: "quiet" }, text));
  return h(
    "div",
    { class: "path" },
    h("a", { href: steps.list, title: "Esc" }, "All"),
    step(steps.previous, "Previous", "←"),
    step(steps.next, "Next", "→"),
    h("h1", {}, title),
    more,
  );
}
