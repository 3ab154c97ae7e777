// The target's score against the truth, and what the audit of a pair says of it.

import { address, json } from "./api.js";
import { facts, h, note } from "./dom.js";
import { percent } from "./format.js";

/** Counts that benchmarks sum over images; they say little of one. */
const COUNTS = /^(intersection|union)(\/|$)|^(tp|fp|fn)_|^n_/;

/** A section that fills itself. */
export function verdict(page) {
  const element = h("section", {}, h("h2", {}, "Score and audit"));
  if (!page.frame) return null;
  fill(page, element).catch((error) => element.append(note(error.message, "fault")));
  return element;
}

/** The scores of a model's answer, where there is one. */
export function answerVerdict(page) {
  if (!page.answer) return null;
  const element = h("section", {}, h("h2", {}, "The answer"));
  fillAnswer(page, element).catch((error) => element.append(note(error.message, "fault")));
  return element;
}

async function fillAnswer(page, element) {
  const found = await json(address("pairs", page.shard, page.key, "answer.json"));
  element.append(found.problem ? note(found.problem, "fault") : note(`Scored against ${found.against}.`));
  element.append(...scoreFacts(found.scores));
}

async function fill(page, element) {
  const found = await json(address("pairs", page.shard, page.key, "verdict.json"));
  const sound = note(`Sound: prompt, colours and pixels say the truth.${bound(found)}`, "sound");
  element.append(...(found.problems.length ? found.problems.map((text) => note(text, "fault")) : [sound]));
  element.append(...scoreFacts(found.scores));
}

function scoreFacts(found) {
  const scores = Object.entries(found);
  const parts = [facts(scores.filter(([name]) => !COUNTS.test(name)).map(shown))];
  const counts = scores.filter(([name]) => COUNTS.test(name));
  if (counts.length) parts.push(h("details", {}, h("summary", {}, "Counts"), facts(counts.map(shown))));
  return parts;
}

function bound(found) {
  return found.depth_error ? ` Its largest error is ${percent(found.depth_error)} of what eight bits allow.` : "";
}

function shown([name, value]) {
  return [name, value === null ? "–" : String(Number(value.toPrecision(5)))];
}
