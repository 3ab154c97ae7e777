// Lists as grids of small pictures, with filters, pages and arrow keys.

import { address } from "./api.js";
import { h, note } from "./dom.js";
import { filterBar } from "./filters.js";
import { count, roughly } from "./format.js";
import { typing } from "./keys.js";
import { link } from "./route.js";
import { PAGE, narrowed } from "./set.js";

export function framesGrid(set, at, signal) {
  return grid({ set, at, signal, kind: "frames", card: frameCard });
}

export function pairsGrid(set, at, signal) {
  return grid({ set, at, signal, kind: "pairs", card: pairCard });
}

async function grid({ set, at, signal, kind, card }) {
  const from = Number(at.from ?? 0);
  const page = await set.page(kind, narrowed(kind, at), from);
  const cards = page.rows.map((row) => card(row, link(kind, { ...at, open: `${row.shard}/${row.key}` })));
  const list = h("ul", { class: `grid ${kind}` }, cards);
  arrows(list, signal);
  return h(
    "div",
    {},
    filterBar(set, kind, at),
    cards.length ? list : note(page.next === null ? "Nothing fits these filters." : "Nothing found so far."),
    pager(kind, at, from, page),
  );
}

function frameCard(row, href) {
  const [near, far] = [row.depth_min, row.depth_max];
  const range = near === null ? "no surface" : `${roughly(near)} to ${roughly(far)} m`;
  const things = `${row.categories} categories, ${row.objects_visible} objects`;
  return card(href, address("frames", row.shard, row.key, "thumb.webp"), `Frame ${row.key}`, [
    h("span", { class: "name" }, row.key, h("span", { class: "tag" }, row.family)),
    h("span", { class: "quiet" }, range),
    h("span", { class: "quiet" }, things),
  ]);
}

function pairCard(row, href) {
  return card(href, address("pairs", row.shard, row.key, "thumb.webp"), `Target of ${row.key}`, [
    h("span", { class: "name" }, row.frame_key, h("span", { class: "tag" }, row.task)),
    row.score ? h("span", { class: "quiet" }, row.score) : null,
    h("span", { class: "prompt" }, row.prompt),
  ]);
}

function card(href, picture, alt, lines) {
  const image = h("img", { src: `data/${picture}`, alt, loading: "lazy", decoding: "async" });
  return h("li", {}, h("a", { class: "card", href }, h("span", { class: "thumb" }, image), lines));
}

function pager(kind, at, from, page) {
  const last = from + page.looked;
  const searched = page.total === null && page.looked !== page.rows.length;
  const range = searched
    ? `${count(page.rows.length)} found in rows ${count(from + 1)} to ${count(last)}`
    : `${count(page.rows.length ? from + 1 : 0)} to ${count(from + page.rows.length)} of ${
        page.total === null ? `${count(last)} and more` : count(page.total)
      }`;
  const before = from > 0 && (searched ? { ...at, from: "" } : { ...at, from: Math.max(0, from - PAGE) || "" });
  return h(
    "nav",
    { class: "pager", "aria-label": "Pages of the list" },
    before ? h("a", { href: link(kind, before), rel: "prev" }, searched ? "First" : "Previous") : null,
    h("span", { class: "quiet" }, range),
    page.next !== null &&
      h("a", { href: link(kind, { ...at, from: page.next }), rel: "next" }, searched ? "Look further" : "Next"),
  );
}

/** Arrow keys move from picture to picture; Page Up and Down turn pages. */
function arrows(list, signal) {
  document.addEventListener("keydown", (event) => {
    if (typing(event)) return;
    const cards = [...list.querySelectorAll("a.card")];
    const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const turn = { PageUp: "prev", PageDown: "next" }[event.key];
    if (turn) document.querySelector(`.pager a[rel=${turn}]`)?.click();
    if (!step || !cards.length) return;
    event.preventDefault();
    const place = cards.indexOf(document.activeElement);
    cards[place < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, place + step))].focus();
  }, { signal });
}
