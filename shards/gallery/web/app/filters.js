// The filters of a list. What is chosen goes into the address, and the list begins anew.

import { h } from "./dom.js";
import { go } from "./route.js";
import { narrowed } from "./set.js";

const LABELS = { frame: "Frame", family: "Family", category: "Category", task: "Task", codec: "Codec", split: "Split", order: "Order" };
const TEXT = { frames: "Key contains", pairs: "Prompt or key contains" };
const WRITTEN = ["text", "category", "frame"];

/** A form with one field a filter; choices come in when they are known. */
export function filterBar(set, kind, at) {
  const names = Object.keys(narrowed(kind, at)).filter((name) => name !== "frame" || at.frame); // offered by links alone
  const fields = names.map((name) => field(kind, name, at));
  const form = h("form", { class: "filters", role: "search" }, fields, h("button", { type: "submit", class: "sr" }, "Filter"));
  const apply = (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    go(kind, given);
  };
  form.addEventListener("submit", apply);
  form.addEventListener("change", apply);
  fill(set, form, at);
  return form;
}

function field(kind, name, at) {
  if (WRITTEN.includes(name)) {
    const label = name === "text" ? TEXT[kind] : LABELS[name];
    const list = name === "category" ? "categories" : null;
    const input = h("input", { name, type: "search", value: at[name] ?? "", placeholder: label, list, size: 18 });
    return h("label", {}, h("span", { class: "sr" }, label), input);
  }
  const chosen = at[name] ?? "";
  const options = [h("option", { value: "" }, `Any ${LABELS[name].toLowerCase()}`)];
  if (chosen) options.push(h("option", { value: chosen, selected: true }, chosen));
  return h("label", {}, h("span", { class: "sr" }, LABELS[name]), h("select", { name }, options));
}

async function fill(set, form, at) {
  const known = await set.once("filters.json").catch(() => null);
  if (!known) return; // the fields work without suggestions
  const values = { family: known.families, task: known.task, codec: known.codec, split: known.split, order: known.order ?? [] };
  for (const select of form.querySelectorAll("select")) {
    const more = values[select.name].filter((value) => value !== at[select.name]);
    select.append(...more.map((value) => h("option", { value }, value)));
    if (!values[select.name].length) select.closest("label").hidden = true;
  }
  form.append(h("datalist", { id: "categories" }, known.categories.map((value) => h("option", { value }))));
}
