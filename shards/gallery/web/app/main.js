// Which page is shown, by the address.

import { about } from "./about.js";
import { h, note } from "./dom.js";
import { some } from "./format.js";
import { framePage } from "./frame.js";
import { framesGrid, pairsGrid } from "./grid.js";
import { pairPage } from "./pair.js";
import { current, go, link } from "./route.js";
import { DataSet } from "./set.js";
import { statistics } from "./statistics.js";

const TABS = { frames: "Frames", pairs: "Pairs", statistics: "Statistics", about: "About" };

const page = document.getElementById("page");

function pages(set) {
  return {
    frames: (at, signal) => (at.open ? framePage(set, at, signal) : framesGrid(set, at, signal)),
    pairs: (at, signal) => (at.open ? pairPage(set, at, signal) : pairsGrid(set, at, signal)),
    statistics: () => statistics(set),
    about: () => about(set),
  };
}

/** Tabs of what the set holds. */
function tabs(facts) {
  const there = { frames: facts.has_frames, pairs: facts.has_pairs, statistics: facts.has_frames, about: true };
  return Object.entries(TABS).filter(([name]) => there[name]);
}

function head(facts) {
  document.title = `${facts.title} – Verichrome`;
  const title = document.getElementById("title");
  title.textContent = facts.title;
  title.title = facts.url;
  const held = [facts.has_frames && `${some(facts.frames)} frames`, facts.has_pairs && `${some(facts.pairs)} pairs`];
  const counts = held.filter(Boolean).join(", ");
  const fixed = facts.fixed ? `${facts.chosen} shown of ` : "";
  document.getElementById("counts").textContent = `${fixed}${counts}${facts.finished ? "" : ", unfinished"}`;
}

function mark(facts, name) {
  const links = tabs(facts).map(([tab, label]) =>
    h("a", { href: link(tab), "aria-current": tab === name ? "page" : null }, label),
  );
  document.getElementById("tabs").replaceChildren(...links);
}

async function start() {
  const set = await DataSet.open();
  const all = pages(set);
  const first = tabs(set.facts)[0][0];
  let shown = new AbortController();
  head(set.facts);

  async function show() {
    const { page: name, at } = current();
    if (!all[name]) return go(first, {}, true);
    shown.abort(); // listeners of the page before
    shown = new AbortController();
    const { signal } = shown;
    mark(set.facts, name);
    page.setAttribute("aria-busy", "true");
    let content;
    try {
      content = await all[name](at, signal);
    } catch (error) {
      content = note(error.message, "fault");
    }
    if (signal.aborted) return;
    page.removeAttribute("aria-busy");
    page.replaceChildren(content);
    window.scrollTo(0, 0);
  }

  window.addEventListener("hashchange", show);
  await show();
}

start().catch((error) => page.replaceChildren(note(error.message, "fault")));
