// Maps of numbers as pictures. What is read off them comes from the numbers, never from these colours.

import { h } from "./dom.js";

/** A canvas of `width` x `height`, each pixel painted by `color(index)`: [r, g, b] or null for none. */
export function canvas(width, height, alt, color) {
  const element = h("canvas", { width, height, role: "img", "aria-label": alt });
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const rgb = color(i);
    if (rgb === null) continue;
    image.data[4 * i] = rgb[0];
    image.data[4 * i + 1] = rgb[1];
    image.data[4 * i + 2] = rgb[2];
    image.data[4 * i + 3] = 255;
  }
  element.getContext("2d").putImageData(image, 0, 0);
  return element;
}

/** Depth on a logarithmic scale, near is bright; none where there is no surface. */
export class DepthScale {
  constructor(colors, near, far) {
    this.colors = colors;
    this.near = near;
    this.far = Math.max(far, near * 1.001);
  }

  /** The range of finite, positive values of a map; null where there are none. */
  static over(colors, values) {
    let near = Infinity;
    let far = 0;
    for (const value of values) {
      if (!Number.isFinite(value) || value <= 0) continue;
      near = Math.min(near, value);
      far = Math.max(far, value);
    }
    return far ? new DepthScale(colors, near, far) : null;
  }

  color(value) {
    if (!Number.isFinite(value)) return null;
    const share = Math.log(Math.max(value, this.near) / this.near) / Math.log(this.far / this.near);
    const place = Math.round((1 - Math.min(1, share)) * (this.colors.length - 1));
    return this.colors[place];
  }

  /** The depth at a share of the scale's length. */
  at(share) {
    return this.near * (this.far / this.near) ** share;
  }
}

/** A normal in the colours that targets have: R = (1 - x)/2, G = (1 + y)/2, B = (1 + z)/2. */
export function normalColor(normals, i) {
  const [x, y, z] = normals.subarray(3 * i, 3 * i + 3);
  if (x === 0 && y === 0 && z === 0) return null;
  return [127.5 * (1 - x), 127.5 * (1 + y), 127.5 * (1 + z)];
}

/** Linear reflectance as sRGB. */
export function reflectanceColor(values, i) {
  return Array.from(values.subarray(3 * i, 3 * i + 3), (v) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}
