// The data set as a whole: what is known of it from the start, and its lists, asked of a server or cut here.

import { json } from "./api.js";

/** Rows of one answer. */
export const PAGE = 60;

const FILTERS = {
  frames: ["family", "category", "text"],
  pairs: ["task", "codec", "split", "family", "frame", "text", "order"],
};

/** What of an address narrows a list. */
export function narrowed(kind, at) {
  return Object.fromEntries(FILTERS[kind].map((name) => [name, at[name] ?? ""]));
}

export class DataSet {
  static async open() {
    return new DataSet(await json("set.json"));
  }

  constructor(facts) {
    this.facts = facts;
    this.files = new Map();
  }

  /** A file of the set that does not change while the page is open. */
  once(name) {
    if (!this.files.has(name)) this.files.set(name, json(name));
    return this.files.get(name);
  }

  /** A page of `frames` or `pairs`: {rows, next, total, looked}; next is null at the end. */
  async page(kind, filters, from) {
    if (!this.facts.fixed) return json(`${kind}.json`, { ...filters, from, limit: PAGE });
    const { rows } = await this.once(`${kind}.json`);
    const found = rows.filter((row) => fits(row, filters));
    const next = from + PAGE < found.length ? from + PAGE : null;
    const part = found.slice(from, from + PAGE);
    return { rows: part, next, total: found.length, looked: part.length };
  }
}

function fits(row, filters) {
  const text = (filters.text ?? "").toLowerCase();
  const inText = `${row.key} ${row.prompt ?? ""}`.toLowerCase().includes(text);
  const shown = !filters.category || (row.shows ?? []).includes(filters.category);
  const exact = ["family", "task", "codec", "split"].every((name) => !filters[name] || row[name] === filters[name]);
  const made = !filters.frame || row.frame_key === filters.frame;
  return inText && shown && exact && made;
}
