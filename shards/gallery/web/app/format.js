// Numbers as people read them.

const thousands = new Intl.NumberFormat("en");

export function count(value) {
  return thousands.format(value);
}

/** A count that may be too expensive to compute. */
export function some(value) {
  return value === null ? "many" : count(value);
}

export function plural(value, word) {
  return `${count(value)} ${word}${value === 1 ? "" : "s"}`;
}

/** Metres to the millimetre, in fewer digits where float32 has no more. */
export function metres(value) {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return "no surface";
  return `${value.toFixed(value < 10000 ? 3 : 1)} m`;
}

/** Metres for a legend: three digits at most. */
export function roughly(value) {
  return Number(value.toPrecision(value >= 10 ? 3 : 2)).toString();
}

export function percent(share, digits = 1) {
  return `${(100 * share).toFixed(digits)} %`;
}

export function vector(values, digits = 3) {
  return `(${Array.from(values, (value) => value.toFixed(digits)).join(", ")})`;
}

export function hex(rgb) {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

export function bytes(value) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = value ? Math.min(units.length - 1, Math.floor(Math.log10(value) / 3)) : 0;
  return `${(value / 1000 ** step).toPrecision(3)} ${units[step]}`;
}
