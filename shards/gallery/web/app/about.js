// What made the data set, how much of what it holds, and what failed.

import { facts, h, note } from "./dom.js";
import { bytes, count, plural, some } from "./format.js";
import { link } from "./route.js";

export async function about(set) {
  const found = await set.once("facts.json");
  return h("div", { class: "about" },
    h("h1", {}, set.facts.title),
    h("p", { class: "quiet" }, set.facts.url),
    set.facts.finished ? null : note("The job is not finished: this is what is committed. Load the page again for what came since."),
    found.partial ? note("Counts are of the first 512 shards of each kind.") : null,
    h("div", { class: "tiles" },
      h("section", {}, h("h2", {}, "Holds"), facts(held(set.facts, found))),
      counts("Scenes by family", found.families, (name) => link("frames", { family: name })),
      counts("Pairs by task", found.tasks, (name) => link("pairs", { task: name })),
      counts("Pairs by codec", found.codecs, (name) => link("pairs", { codec: name })),
      counts("Pairs by split", found.splits, (name) => link("pairs", { split: name })),
      h("section", {}, h("h2", {}, "Made by"), facts(makers(found))),
    ),
    failures(found),
    Object.entries(found.config).filter(([, text]) => text).map(config),
  );
}

function held(set, found) {
  const of = (kind) => set[`has_${kind}`] && `${some(set[kind])} in ${plural(found.shards[kind] ?? 0, "shard")}, ${bytes(found.bytes[kind] ?? 0)}`;
  return [["frames", of("frames") || "none"], ["pairs", of("pairs") || "none"], ["candidates rejected", count(found.rejections)]];
}

function makers(found) {
  const devices = Object.entries(found.devices).map(([name, shards]) => `${name} (${plural(shards, "shard")})`);
  return [
    ...Object.entries(found.versions).map(([name, versions]) => [name, versions.join(", ")]),
    ["rendered on", devices.join(", ")],
    ...Object.entries(found.fingerprints).map(([kind, prints]) => [
      `fingerprint of ${kind}`,
      prints.map((text) => text.slice(0, 16)).join(", "),
    ]),
  ];
}

function counts(title, values, to) {
  const rows = Object.entries(values);
  if (!rows.length) return null;
  return h("section", {}, h("h2", {}, title), facts(rows.map(([name, value]) => [h("a", { href: to(name) }, name), count(value)])));
}

function failures(found) {
  const title = found.failures ? `${plural(found.failures, "failed scene")}` : "No scene failed";
  const rows = found.failed.map((scene) => h("tr", {},
    [scene.scene_index, scene.family, scene.attempts, scene.reason].map((value) => h("td", {}, String(value)))));
  const head = ["scene", "family", "attempts", "reason"].map((text) => h("th", { scope: "col" }, text));
  const table = rows.length ? h("div", { class: "scroll tall" }, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows))) : null;
  return h("div", {}, h("h2", {}, title), table);
}

function config([url, text]) {
  return h("details", {}, h("summary", {}, `config.yaml of ${url}`), h("pre", {}, text));
}
