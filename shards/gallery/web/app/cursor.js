// One pixel that all pictures of a sample point at together.

export class Cursor {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.place = null;
    this.pinned = false;
    this.listeners = [];
  }

  /** Call `listener` with {x, y, index}, or null when no pixel is pointed at. */
  follow(listener) {
    this.listeners.push(listener);
  }

  /** Point at a pixel, unless one is pinned. */
  point(x, y) {
    if (!this.pinned) this.move(x, y);
  }

  leave() {
    if (!this.pinned) this.tell(null);
  }

  /** Hold the pixel, or let go of the one that is held. */
  pin(x, y) {
    this.pinned = !this.pinned;
    this.move(x, y);
  }

  /** From the keyboard: a step away from where it is, or into the middle. */
  step(dx, dy) {
    const { x, y } = this.place ?? { x: this.width >> 1, y: this.height >> 1 };
    this.move(x + dx, y + dy);
  }

  move(x, y) {
    x = Math.min(this.width - 1, Math.max(0, x));
    y = Math.min(this.height - 1, Math.max(0, y));
    this.tell({ x, y, index: y * this.width + x });
  }

  tell(place) {
    this.place = place;
    for (const listener of this.listeners) listener(place);
  }
}
