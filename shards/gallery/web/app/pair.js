// One pair: source, prompt and target, what the target decodes to, and what is true.

import { address, json, numbers } from "./api.js";
import { comparePanel } from "./compare.js";
import { Cursor } from "./cursor.js";
import { facts, h, note, swatch } from "./dom.js";
import { colorText, difference, kindOf } from "./kinds.js";
import { depthLegend, nameLegend } from "./legend.js";
import { canvas } from "./paint.js";
import { Panel } from "./panel.js";
import { readout } from "./readout.js";
import { link, sample } from "./route.js";
import { neighbours, path } from "./steps.js";
import { answerVerdict, verdict } from "./verdict.js";

/** Maps that a frame has anyway. */
const TRUTH_MAPS = { metres: "depth.bin", directions: "normal.bin" };

export async function pairPage(set, at, signal) {
  const { shard, key } = sample(at.open);
  const steps = neighbours(set, "pairs", at, signal);
  const page = await json(address("pairs", shard, key, "pair.json"));
  const [scale, decoded, truth, target, answer] = await Promise.all([
    set.once("scale.json"),
    page.reading && numbers(address("pairs", shard, key, "decoded.bin"), page.reading.type),
    page.truth && numbers(truthAddress(page), page.truth.type),
    pixels(`data/${address("pairs", shard, key, "target.png")}`),
    page.answer?.reading && numbers(address("pairs", shard, key, "answer.bin"), page.answer.reading.type),
  ]);
  const view = new PairView(page, { scale, decoded, truth, target, answer }, signal);
  return h("div", {},
    path(await steps, page.frame_key, h("span", { class: "tag" }, page.task), siblings(page, at), frameLink(page)),
    h("p", { class: "asked" }, page.prompt),
    page.text_answer && h("p", { class: "asked" }, "Text answer: ", h("code", {}, page.text_answer)),
    view.readout,
    h("div", { class: "panels" }, view.panels.map((panel) => panel.element), view.legend),
    h("div", { class: "columns" }, pairFacts(page), answerVerdict(page), verdict(page)),
  );
}

function truthAddress(page) {
  const shared = TRUTH_MAPS[page.truth.kind];
  return shared ? address("frames", page.shard, page.frame_key, shared) : address("pairs", page.shard, page.key, "expected.bin");
}

/** An image's own pixels, as bytes r, g, b, a. */
async function pixels(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const sheet = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = sheet.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  return pen.getImageData(0, 0, sheet.width, sheet.height).data;
}

class PairView {
  constructor(page, maps, signal) {
    Object.assign(this, { page, ...maps });
    this.cursor = new Cursor(page.width, page.height);
    this.kind = page.reading && kindOf(page, this.decoded, this.truth, this.scale);
    this.panels = [...this.pictures(signal)];
    this.legend = this.colorLegend();
    const hint = "Point at a picture to read what its colour decodes to; click to hold a pixel.";
    this.readout = readout(this.cursor, hint, (place) => this.describe(place));
  }

  *pictures(signal) {
    const { page, cursor, kind, decoded, truth } = this;
    const { width, height, shard, key } = page;
    const target = `data/${address("pairs", shard, key, "target.png")}`;
    const source = page.source_is_image
      ? address("frames", shard, page.frame_key, "image.png")
      : address("pairs", shard, key, page.source);
    yield comparePanel(`data/${source}`, target, cursor, signal);
    if (page.source2) {
      const second = `data/${address("pairs", shard, key, "source2.png")}`;
      yield new Panel("Second source", h("img", { src: second, alt: "The second source image" }), cursor);
    }
    yield new Panel("Target", h("img", { src: target, alt: "The target" }), cursor);
    yield* this.answerPictures();
    if (!kind) return;
    const paint = (values, alt) => canvas(width, height, alt, (i) => kind.color(values, i));
    const legend = () => (kind.scale ? depthLegend(kind.scale) : null);
    yield new Panel("Decoded", paint(decoded, "What the target decodes to"), cursor, legend());
    if (!truth) return;
    yield new Panel("Truth", paint(truth, "The truth in the same terms"), cursor, legend());
    const apart = difference(kind, decoded, truth, width, height);
    yield new Panel("Difference", apart.picture, cursor, h("p", { class: "quiet" }, apart.summary));
  }

  /** A model's answer, and where it departs from the truth, or from the target where the truth is not known. */
  *answerPictures() {
    const { page, cursor, kind, answer, truth, decoded } = this;
    if (!page.answer || page.answer.problem) return;
    const { width, height, shard, key } = page;
    const picture = `data/${address("pairs", shard, key, "answer.png")}`;
    yield new Panel("Answer", h("img", { src: picture, alt: "The model's answer" }), cursor);
    if (!kind || !answer || page.answer.reading.kind !== page.reading.kind) return;
    const apart = difference(kind, answer, truth ?? decoded, width, height);
    yield new Panel("Answer's error", apart.picture, cursor, h("p", { class: "quiet" }, apart.summary));
  }

  colorLegend() {
    const { colors } = this.page;
    const named = colors.map((entry) => ({ ...entry, name: nameOf(entry) }));
    const inside = ({ rgb }) => (i) => rgb.every((value, c) => this.target[4 * i + c] === value);
    const pick = (entry) => this.panels.forEach((panel) => panel.highlight(entry && inside(entry)));
    return h("section", {}, h("h2", {}, "Colours"), nameLegend(named, 1, pick));
  }

  describe({ index }) {
    const rgb = [...this.target.subarray(4 * index, 4 * index + 3)];
    const rows = [["target", [swatch(rgb), colorText(rgb)]]];
    if (this.kind) rows.push(["decodes to", this.kind.text(this.decoded, index)]);
    if (this.kind && this.answer) rows.push(["answer", this.kind.text(this.answer, index)]);
    if (this.truth) rows.push(["truth", this.kind.text(this.truth, index)], ["difference", this.kind.gap(this.decoded, this.truth, index)]);
    return rows;
  }
}

function nameOf(entry) {
  const names = entry.names.filter((name) => name !== entry.label);
  const shown = names.length > 6 ? [...names.slice(0, 6), `${names.length - 6} more`] : names;
  const meant = shown.length ? ` = ${shown.join(", ")}` : "";
  return `${entry.label}${meant}${entry.scored ? "" : " (too small to score)"}`;
}

function siblings(page, at) {
  const others = page.siblings.map((key) =>
    h("a", {
      href: link("pairs", { ...at, open: `${page.shard}/${key}` }),
      "aria-current": key === page.key ? "true" : null,
    }, key.slice(page.frame_key.length + 1)));
  return h("span", { class: "pairs" }, others);
}

function frameLink(page) {
  const to = link("frames", { open: `${page.shard}/${page.frame_key}` });
  return page.frame && h("a", { href: to, class: "aside" }, "Its frame");
}

function pairFacts(page) {
  const rows = [
    ["key", page.key],
    ["codec", page.codec],
    ["parameters", page.codec_parameters.map(({ name, value }) => `${name} ${Number(value.toPrecision(6))}`).join(", ")],
    ["template", page.template],
    ["split", page.split],
    ["seed", page.seed],
    ["size", `${page.width} × ${page.height}`],
    ["source", page.source_is_image ? "the frame's image, byte for byte" : page.source],
    ["expression", page.expression && h("code", {}, page.expression)],
  ];
  const missing = page.frame ? null : note("Its frame is not here, so nothing is compared: name the folder with --frames-in.");
  return h("section", {}, h("h2", {}, "The pair"), missing, page.trouble ? note(page.trouble, "fault") : null, facts(rows));
}
