// What the numbers of a decoded map are: how they look, how they read, how far two are apart.

import { DepthScale, canvas, normalColor, reflectanceColor } from "./paint.js";
import { hex, metres, percent, vector } from "./format.js";

const SAME = [96, 104, 112];
const WRONG = [230, 60, 40];

/** One kind over a pair's maps: `color(values, i)`, `text(values, i)`, `apart(a, b, i)` as a number, `gap(a, b, i)` as text. */
export function kindOf(page, values, truth, scale) {
  switch (page.reading.kind) {
    case "metres":
      return new Metres(DepthScale.over(scale, truth ?? values));
    case "directions":
      return new Directions();
    case "reflectance":
      return new Reflectance();
    case "labels":
      return new Labels(page.colors);
    default:
      return new Numbers(page.reading.channels);
  }
}

class Metres {
  constructor(scale) {
    this.scale = scale;
  }

  color(values, i) {
    return this.scale && this.scale.color(values[i]);
  }

  text(values, i) {
    return metres(values[i]);
  }

  apart(a, b, i) {
    if (a[i] === b[i]) return 0; // both infinite, too
    return Math.abs(a[i] - b[i]) / b[i];
  }

  gap(a, b, i) {
    if (a[i] === b[i]) return "none";
    const finite = Number.isFinite(a[i]) && Number.isFinite(b[i]);
    return finite ? `${Math.abs(a[i] - b[i]).toPrecision(2)} m, ${percent(this.apart(a, b, i), 2)}` : "surface or none";
  }

  scaled(value) {
    return percent(value, 2);
  }
}

class Directions {
  color(values, i) {
    return normalColor(values, i);
  }

  text(values, i) {
    return normalColor(values, i) ? vector(values.subarray(3 * i, 3 * i + 3)) : "no surface";
  }

  apart(a, b, i) {
    const [one, other] = [normalColor(a, i), normalColor(b, i)];
    if (!one || !other) return one || other ? 180 : 0;
    const dot = a[3 * i] * b[3 * i] + a[3 * i + 1] * b[3 * i + 1] + a[3 * i + 2] * b[3 * i + 2];
    return (Math.acos(Math.min(1, Math.max(-1, dot))) * 180) / Math.PI;
  }

  gap(a, b, i) {
    return this.scaled(this.apart(a, b, i));
  }

  scaled(value) {
    return `${value.toFixed(2)}°`;
  }
}

class Reflectance {
  color(values, i) {
    return reflectanceColor(values, i);
  }

  text(values, i) {
    return vector(values.subarray(3 * i, 3 * i + 3));
  }

  apart(a, b, i) {
    return Math.max(...[0, 1, 2].map((c) => Math.abs(a[3 * i + c] - b[3 * i + c])));
  }

  gap(a, b, i) {
    return this.scaled(this.apart(a, b, i));
  }

  scaled(value) {
    return value.toFixed(4);
  }
}

class Labels {
  constructor(colors) {
    this.colors = colors;
  }

  color(values, i) {
    return this.colors[values[i]]?.rgb ?? null;
  }

  text(values, i) {
    return this.colors[values[i]]?.label ?? "none of the colours";
  }

  apart(a, b, i) {
    return a[i] === b[i] ? 0 : 1;
  }

  gap(a, b, i) {
    return a[i] === b[i] ? "none" : "another label";
  }

  scaled() {
    return "another label";
  }
}

class Numbers {
  constructor(channels) {
    this.channels = channels;
  }

  color(values, i) {
    return Array(3).fill(127.5 + 127.5 * Math.tanh(values[i * this.channels]));
  }

  text(values, i) {
    return Array.from(values.subarray(i * this.channels, (i + 1) * this.channels), (v) => v.toPrecision(5)).join(", ");
  }
}

/** The difference of two maps as a picture, grey to red, and what it comes to. */
export function difference(kind, a, b, width, height) {
  let largest = 0;
  let differing = 0;
  for (let i = 0; i < width * height; i++) {
    const apart = kind.apart(a, b, i);
    if (apart > 0) differing++;
    if (Number.isFinite(apart)) largest = Math.max(largest, apart);
  }
  const mix = (share) => SAME.map((value, c) => value + (WRONG[c] - value) * share);
  const color = (i) => {
    const apart = kind.apart(a, b, i);
    return mix(apart === 0 ? 0 : Number.isFinite(apart) ? apart / largest : 1);
  };
  const summary = differing ? `red is ${kind.scaled(largest)}, the largest` : "none, at any pixel";
  return { picture: canvas(width, height, "Difference", color), summary };
}

export function colorText(rgb) {
  return `${rgb.join(", ")}  ${hex(rgb)}`;
}
