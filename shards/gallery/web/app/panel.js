// A picture with a crosshair, room for marks, and the pixel under the pointer.

import { h, s } from "./dom.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Panel {
  /** `picture` is an image or a canvas; what is in `below` stands under it. */
  constructor(title, picture, cursor, ...below) {
    const { width, height } = cursor;
    this.marks = s("svg", { viewBox: `0 0 ${width} ${height}`, class: "marks", "aria-hidden": "true" });
    this.cross = s("path", { class: "cross" });
    this.mask = h("canvas", { width, height, class: "mask", hidden: true, "aria-hidden": "true" });
    this.stage = h("div", {
      class: "stage",
      tabindex: "0",
      role: "group",
      "aria-label": `${title}. Arrow keys move the pixel that is read.`,
    }, picture, this.mask, this.marks);
    this.stage.style.aspectRatio = `${width} / ${height}`;
    this.element = h("figure", { class: "panel" }, this.caption(title), this.stage, below);
    this.listen(cursor);
  }

  caption(title) {
    const button = h("button", { type: "button", "aria-pressed": "false", title: "Larger" }, "⤢");
    button.addEventListener("click", () => {
      const large = this.element.classList.toggle("large");
      button.setAttribute("aria-pressed", large);
      this.element.scrollIntoView({ block: "nearest" });
    });
    button.setAttribute("aria-label", `Larger: ${title}`);
    return h("figcaption", {}, title, button);
  }

  listen(cursor) {
    const at = (event) => {
      const box = this.stage.getBoundingClientRect();
      const x = Math.floor(((event.clientX - box.left) / box.width) * cursor.width);
      const y = Math.floor(((event.clientY - box.top) / box.height) * cursor.height);
      return [x, y];
    };
    this.stage.addEventListener("pointermove", (event) => cursor.point(...at(event)));
    this.stage.addEventListener("pointerleave", () => cursor.leave());
    this.stage.addEventListener("click", (event) => cursor.pin(...at(event)));
    this.stage.addEventListener("keydown", (event) => {
      if (!STEPS[event.key]) return;
      event.preventDefault();
      cursor.step(...STEPS[event.key].map((by) => by * (event.shiftKey ? 10 : 1)));
    });
    cursor.follow((place) => this.point(place, cursor));
  }

  point(place, { width, height }) {
    if (place === null) return this.cross.remove();
    const [x, y] = [place.x + 0.5, place.y + 0.5];
    this.cross.setAttribute("d", `M0 ${y}H${x - 3}M${x + 3} ${y}H${width}M${x} 0V${y - 3}M${x} ${y + 3}V${height}`);
    this.marks.append(this.cross);
  }

  /** Darken all but the pixels that `inside` says yes to, and draw boxes; null takes all marks away. */
  highlight(inside, box = null, edges = []) {
    for (const mark of [...this.marks.children]) if (mark !== this.cross) mark.remove();
    this.mask.hidden = inside === null;
    if (inside === null) return;
    const { width, height } = this.mask;
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) image.data[4 * i + 3] = inside(i) ? 0 : 150;
    this.mask.getContext("2d").putImageData(image, 0, 0);
    for (const [x1, y1, x2, y2] of edges) this.marks.append(s("line", { x1, y1, x2, y2, class: "edge" }));
    if (box && box[2] > box[0]) {
      const [x, y, right, bottom] = box;
      this.marks.append(s("rect", { x, y, width: right - x, height: bottom - y, class: "box" }));
    }
  }
}
