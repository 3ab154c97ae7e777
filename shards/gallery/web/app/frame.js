// One frame: its image, every map of its truth, and what stands in it.

import { address, json, numbers } from "./api.js";
import { Cursor } from "./cursor.js";
import { facts, h } from "./dom.js";
import { metres, percent, vector } from "./format.js";
import { depthLegend, nameLegend } from "./legend.js";
import { undistort } from "./lens.js";
import { objectTable } from "./objects.js";
import { DepthScale, canvas, normalColor } from "./paint.js";
import { Panel } from "./panel.js";
import { readout } from "./readout.js";
import { link, sample } from "./route.js";
import { neighbours, path } from "./steps.js";

const MAPS = { depth: "f32", normal: "f32", instance: "u32", category: "u32" };
const SURFACE_MAPS = { part: "u32", material: "u32" };

export async function framePage(set, at, signal) {
  const { shard, key } = sample(at.open);
  const where = (name) => address("frames", shard, key, name);
  const [page, scale, steps, ...maps] = await Promise.all([
    json(where("frame.json")),
    set.once("scale.json"),
    neighbours(set, "frames", at, signal),
    ...Object.entries(MAPS).map(([name, type]) => numbers(where(`${name}.bin`), type)),
  ]);
  const truth = Object.fromEntries(Object.keys(MAPS).map((name, i) => [name, maps[i]]));
  for (const [name, type] of page.surface ? Object.entries(SURFACE_MAPS) : []) truth[name] = await numbers(where(`${name}.bin`), type);
  const frame = new FrameView(page, truth, scale, where);
  const document = h("a", { href: `data/${where("scene.json")}`, class: "aside" }, "scene.json");
  return h("div", {},
    path(steps, key, h("span", { class: "tag" }, page.family), pairLinks(page), document),
    frame.readout,
    h("div", { class: "panels" }, frame.panels.map((panel) => panel.element), frame.legend),
    h("div", { class: "columns" }, frame.table.element, h("section", {}, frame.beside.element, sceneFacts(page))),
  );
}

class FrameView {
  constructor(page, truth, scale, where) {
    this.page = page;
    this.truth = truth;
    this.cursor = new Cursor(page.width, page.height);
    this.objects = new Map(page.objects.map((entry) => [entry.id, entry]));
    this.categories = new Map(page.categories.map((entry) => [entry.id, entry]));
    this.parts = new Map(page.surface?.parts.map((entry) => [entry.id, entry]));
    this.materials = new Map(page.surface?.materials.map((entry) => [entry.id, entry]));
    this.where = where;
    this.panels = [...this.pictures(scale)];
    this.beside = new Panel("Image", this.photo("image.png", "The rendered image again"), this.cursor);
    this.beside.element.classList.add("beside");
    this.table = objectTable(page.objects, (entry) => this.pick(entry));
    this.legend = this.categoryLegend();
    this.readout = readout(this.cursor, "Point at a picture to read its truth; click to hold a pixel.", (place) => this.describe(place));
    this.cursor.follow((place) => this.table.mark(place && this.truth.instance[place.index]));
  }

  photo(name, alt) {
    return h("img", { src: `data/${this.where(name)}`, alt });
  }

  *pictures(scale) {
    const { page, truth, cursor } = this;
    const { width, height } = page;
    yield new Panel("Image", this.photo("image.png", "The rendered image"), cursor);
    const depths = page.depth.near === null ? null : new DepthScale(scale, page.depth.near, page.depth.far);
    const depth = canvas(width, height, "Depth", (i) => depths && depths.color(truth.depth[i]));
    yield new Panel("Depth", depth, cursor, depths && depthLegend(depths));
    yield new Panel("Normals", canvas(width, height, "Normals", (i) => normalColor(truth.normal, i)), cursor);
    yield new Panel("Instances", canvas(width, height, "Instances", (i) => this.tint(this.objects, truth.instance[i])), cursor);
    yield new Panel("Categories", canvas(width, height, "Categories", (i) => this.tint(this.categories, truth.category[i])), cursor);
    if (page.surface) {
      yield new Panel("Parts", canvas(width, height, "Parts", (i) => this.tint(this.parts, truth.part[i])), cursor);
      yield new Panel("Materials", canvas(width, height, "Materials", (i) => this.tint(this.materials, truth.material[i])), cursor);
    }
    if (page.albedo) yield new Panel("Base colour", this.photo("albedo.png", "Base colours"), cursor);
    if (page.shading) yield new Panel("Shading", this.photo("shading.png", "Diffuse shading, 25 levels a stop"), cursor);
  }

  tint(entries, id) {
    return id ? entries.get(id)?.rgb ?? [128, 128, 128] : null;
  }

  categoryLegend() {
    const seen = this.page.categories.filter((entry) => entry.pixels).sort((a, b) => b.pixels - a.pixels);
    const total = this.page.width * this.page.height;
    const pick = (entry) => this.show(entry && ((i) => this.truth.category[i] === entry.id));
    return h("section", {}, h("h2", {}, `${seen.length} categories in sight`), nameLegend(seen, total, pick));
  }

  pick(entry) {
    this.show(entry && ((i) => this.truth.instance[i] === entry.id), entry?.box_2d, entry?.edges);
  }

  show(inside, box, edges) {
    for (const panel of [...this.panels, this.beside]) panel.highlight(inside ?? null, box, edges);
  }

  describe({ x, y, index }) {
    const { truth } = this;
    const depth = truth.depth[index];
    const object = this.objects.get(truth.instance[index]);
    const category = this.categories.get(truth.category[index]);
    const surface = Number.isFinite(depth);
    const kind = object && [object.size, object.color, object.material].filter(Boolean).join(" ");
    return [
      ["depth", metres(depth)],
      ["normal", surface ? vector(truth.normal.subarray(3 * index, 3 * index + 3)) : "none"],
      ["instance", object ? `${object.name} (${object.id})` : String(truth.instance[index])],
      ["category", category ? category.name : "unlabelled"],
      ["object", kind || "–"],
      ...(this.page.surface ? [
        ["part", this.parts.get(truth.part[index])?.name ?? "–"],
        ["made of", this.materials.get(truth.material[index])?.name ?? "–"],
      ] : []),
      ["visible", object ? percent(object.visible_fraction, 0) : "–"],
      ["in the world", surface ? `${vector(this.world(x, y, depth))} m` : "–"],
    ];
  }

  /** The point that the pixel's centre sees, in world axes. */
  world(x, y, depth) {
    const { intrinsics: k, lens, camera_to_world: pose } = this.page.camera;
    const [right, down] = undistort([(x + 0.5 - k[0][2]) / k[0][0], (y + 0.5 - k[1][2]) / k[1][1]], lens);
    const local = [right * depth, -down * depth, -depth, 1];
    return pose.slice(0, 3).map((row) => row.reduce((sum, value, i) => sum + value * local[i], 0));
  }
}

function pairLinks(page) {
  if (!page.pairs.length) return null;
  const links = page.pairs.map((key) =>
    h("a", { href: link("pairs", { frame: page.key, open: `${page.shard}/${key}` }) }, key.slice(page.key.length + 1)));
  return h("span", { class: "pairs" }, "Pairs: ", links);
}

function sceneFacts(page) {
  const { camera, depth, render } = page;
  const rows = [
    ["scene", `${page.scene_index}, view ${page.view_index}, attempt ${page.attempt}, seed ${page.seed}`],
    ["size", `${page.width} × ${page.height}`],
    ["camera at", `${vector(camera.position, 2)} m`],
    ["looks", `${Math.abs(camera.pitch).toFixed(1)}° ${camera.pitch < 0 ? "down" : "up"}`],
    ["focal length", `${camera.focal.map((value) => value.toFixed(1)).join(" × ")} px`],
    ...(camera.lens.model === "pinhole" ? [] : [["lens", `${camera.lens.model} (${camera.lens.coefficients.join(", ")})`]]),
    ["field of view", camera.field_of_view.map((value) => `${value.toFixed(1)}°`).join(" × ")],
    ["depth", depth.near === null ? "no surface" : `${metres(depth.near)} to ${metres(depth.far)}, median ${metres(depth.median)}`],
    ["no surface", percent(depth.no_surface)],
    ["rendered", `${render.samples} samples, ${render.device}, ${render.view_transform}, exposure ${render.exposure}`],
    ["versions", Object.entries(page.versions).map(([name, value]) => `${name} ${value}`).join(", ")],
  ];
  const setting = Object.entries(page.setting);
  const lit = setting.map(([name, value]) => `${name}: ${JSON.stringify(value, null, 1)}`).join("\n");
  const more = lit && h("details", {}, h("summary", {}, "Light and setting"), h("pre", {}, lit));
  return h("div", {}, h("h2", {}, "Camera and scene"), facts(rows), more);
}
