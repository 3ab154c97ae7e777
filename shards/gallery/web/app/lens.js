// Undoes a lens (encode/formulas/lens.py), for the point that a pixel shows.

const STEPS = 50;
const DIFFERENCE = 1e-6;

function moved([x, y], { model, coefficients: c }) {
  const square = x * x + y * y;
  if (model === "fisheye") {
    const radius = Math.sqrt(square);
    const angle = Math.atan(radius);
    const s = angle * angle;
    const factor = radius ? (angle / radius) * (1 + s * (c[0] + s * (c[1] + s * (c[2] + s * c[3])))) : 1;
    return [x * factor, y * factor];
  }
  const [k1, k2, p1, p2, k3] = c;
  const factor = 1 + square * (k1 + square * (k2 + square * k3));
  return [
    x * factor + 2 * p1 * x * y + p2 * (square + 2 * x * x),
    y * factor + p1 * (square + 2 * y * y) + 2 * p2 * x * y,
  ];
}

/** The position at depth 1 that the lens shows at `target`, by Newton's method from the axis outward. */
export function undistort(target, lens) {
  if (lens.model === "pinhole") return target;
  let point = lens.model === "fisheye" ? straightened(target) : target;
  for (let step = 0; step < STEPS; step += 1) {
    const [u, v] = moved(point, lens);
    const [xu, xv] = moved([point[0] + DIFFERENCE, point[1]], lens);
    const [yu, yv] = moved([point[0], point[1] + DIFFERENCE], lens);
    const [a, b, c, d] = [xu - u, yu - u, xv - v, yv - v].map((value) => value / DIFFERENCE);
    const [du, dv] = [target[0] - u, target[1] - v];
    const area = a * d - b * c;
    point = [point[0] + (d * du - b * dv) / area, point[1] + (a * dv - c * du) / area];
    if (Math.hypot(du, dv) < 1e-10) break;
  }
  return point;
}

/** What a fisheye without coefficients shows there: a start near the answer, where its tangent grows without bound. */
function straightened([x, y]) {
  const radius = Math.hypot(x, y);
  const factor = radius ? Math.tan(Math.min(radius, 1.5)) / radius : 1;
  return [x * factor, y * factor];
}
