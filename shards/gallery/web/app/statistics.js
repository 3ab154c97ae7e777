// What the data set shows, counted.

import { address } from "./api.js";
import { facts, h, note } from "./dom.js";
import { count, metres, percent, plural, some } from "./format.js";
import { link } from "./route.js";

const PLOTS = {
  all: "Plots of the whole set, as verichrome stats last drew them.",
  counted: "Plots of the whole set.",
  sample: "Plots of this sample; verichrome stats draws those of the whole set.",
  none: "Plots need matplotlib, which is not installed: pip install matplotlib.",
};

/** The page; counting takes a while, so it fills itself. */
export function statistics(set) {
  const waiting = note("Counting a sample of frames…");
  const element = h("div", { class: "statistics" }, waiting);
  set.once("stats.json").then(
    (found) => waiting.replaceWith(...parts(set, found)),
    (error) => waiting.replaceWith(note(error.message, "fault")),
  );
  return element;
}

function parts(set, found) {
  const whole = found.frames === set.facts.frames;
  return [
    h("h1", {}, "Statistics"),
    h("p", { class: "quiet" }, `Figures of ${plural(found.frames, "frame")} of ${plural(found.scenes, "scene")}${
      whole ? ", all there are" : `, spread over ${some(set.facts.frames)}`
    }.`),
    h("div", { class: "columns" }, h("section", {}, facts(rows(found)), categories(found)), h("section", {}, alike(set, found))),
    h("p", { class: "quiet" }, PLOTS[whole && found.plots === "sample" ? "counted" : found.plots]),
    found.plots === "none" ? null : h("a", { href: "data/stats.png" }, h("img", { src: "data/stats.png", class: "plots", alt: "Plots of categories, depths, normals, colours, sizes and light" })),
  ].filter(Boolean);
}

function rows(found) {
  const { depth, luminance } = found;
  return [
    ["no surface", `${percent(found.no_surface)} of pixels`],
    ["labelled", `${percent(found.labelled)} of pixels`],
    ["depth", `${metres(depth.low)} (1 %), ${metres(depth.median)} (median), ${metres(depth.high)} (99 %)`],
    ["luminance", `${luminance.low.toFixed(2)} to ${luminance.high.toFixed(2)}, median of an image (1 % to 99 % of images)`],
    ["things in sight", count(found.things)],
  ];
}

function categories(found) {
  const head = ["category", "pixels", "frames", "instances"].map((text) => h("th", { scope: "col" }, text));
  const body = found.categories.map((entry) => h("tr", {},
    h("td", {}, h("a", { href: link("frames", { category: entry.name }) }, entry.name)),
    h("td", {}, percent(entry.share, 2)),
    h("td", {}, count(entry.frames)),
    h("td", {}, entry.instances === null ? "" : count(entry.instances))));
  return h("div", { class: "scroll tall" }, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

function alike(set, found) {
  const heading = found.alike_count ? `${plural(found.alike_count, "pair")} of views that look nearly the same` : "No near-duplicates";
  const items = found.alike.map((entry) => h("li", {}, entry.views.map((view) => thumb(set, view)), h("span", { class: "quiet" }, `${entry.apart} of 63 bits apart`)));
  return h("div", {}, h("h2", {}, heading), h("ul", { class: "alike" }, items));
}

function thumb(set, view) {
  const image = h("img", { src: `data/${address("frames", view.shard, view.key, "thumb.webp")}`, alt: `Frame ${view.key}`, loading: "lazy" });
  const inside = [image, h("span", { class: "quiet" }, view.key)];
  // Of an export not every frame is there to be opened.
  if (set.facts.fixed) return h("span", { class: "card" }, inside);
  return h("a", { class: "card", href: link("frames", { open: `${view.shard}/${view.key}` }) }, inside);
}
