// Source and target on one another: a slider between them, or the one and the other in turn.

import { h } from "./dom.js";
import { Panel } from "./panel.js";

const BLINK_MS = 700;

/** A panel of two images; `signal` ends the blinking. */
export function comparePanel(source, target, cursor, signal) {
  const over = h("img", { src: target, alt: "Target", class: "over" });
  const slider = h("input", { type: "range", min: "0", max: "100", value: "50", "aria-label": "Share of the source" });
  const button = h("button", { type: "button", "aria-pressed": "false" }, "Blink");
  const panel = new Panel("Source | target", h("img", { src: source, alt: "Source" }), cursor, h("div", { class: "slider" }, slider, button));
  panel.stage.insertBefore(over, panel.mask);
  const cut = () => {
    over.style.clipPath = `inset(0 0 0 ${slider.value}%)`;
  };
  slider.addEventListener("input", cut);
  cut();
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    over.hidden = false;
    cut();
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!timer));
    if (timer) return stop();
    over.style.clipPath = "none";
    timer = setInterval(() => {
      over.hidden = !over.hidden;
    }, BLINK_MS);
  });
  signal.addEventListener("abort", stop);
  return panel;
}
