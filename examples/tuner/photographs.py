"""Depth of two photographs whose truth packages ship: Middlebury's Motorcycle and Aloe.

    python -m examples.tuner.photographs tuner.pt --motorcycle skimage/data --aloe opencv/examples/data

Motorcycle (wheel scikit-image 0.16.2) has metres; Aloe (Debian's opencv-doc) has disparities alone. Both are scored
after the best scale and offset of 1 / depth, as affine-invariant benchmarks do; Motorcycle in metres as well.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image

from encode.metrics.depth import align_affine, depth_errors
from examples.tuner.model import Tuner, load_tuner
from examples.tuner.predict import answers
from examples.tuner.questions import read_question, truth_of

__all__ = ["scores"]

_PROMPT_SIDE = 128


def predicted_depth(model: Tuner, image: Image.Image, prompt: str) -> Float[np.ndarray, "h w"]:
    """Return metres that the network's painted answer decodes to, at the photograph's size."""
    scale = _PROMPT_SIDE / min(image.size)
    small = image.convert("RGB").resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BOX)
    pixels: UInt8[np.ndarray, "h w 3"] = np.asarray(small)
    question = read_question(prompt, pixels.shape[:2])
    metres = truth_of(question, answers(model, pixels, [question])[0]).values
    finite = np.where(np.isfinite(metres), metres, 1000.0)
    return np.asarray(Image.fromarray(finite.astype(np.float32)).resize(image.size, Image.Resampling.BILINEAR))


def scores(predicted: np.ndarray, disparity: np.ndarray, metres: np.ndarray | None) -> dict[str, float]:
    """Return errors over pixels with a disparity; `aligned_` after scale and offset of 1 / depth."""
    known = np.isfinite(disparity) & (disparity > 0)
    p, d = np.maximum(predicted[known].astype(np.float64), 0.05), disparity[known].astype(np.float64)
    aligned = 1 / np.maximum(align_affine(1 / p, d), d.min() / 2)
    found = {f"aligned_{name}": value for name, value in depth_errors(aligned, 1 / d).items()}
    if metres is not None:
        found |= depth_errors(p, metres[known].astype(np.float64))
    return {name: found[name] for name in ("delta1", "abs_rel", "aligned_delta1", "aligned_abs_rel") if name in found}


def main() -> None:
    """Print the scores of the photographs, and those of a flat and a tilted plane beside them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--motorcycle", type=Path, help="folder with motorcycle_left.png and motorcycle_disp.npz")
    parser.add_argument("--aloe", type=Path, help="folder with aloeL.jpg and aloeGT.png")
    parser.add_argument("--prompt", required=True, help="a depth prompt of the metric cube walk")
    options = parser.parse_args()
    model = load_tuner(options.model)
    cases: list[tuple[str, Path, np.ndarray, np.ndarray | None]] = []
    if options.motorcycle:
        disparity = np.load(options.motorcycle / "motorcycle_disp.npz")["arr_0"].astype(np.float64)
        # Focal length 994.978 px, baseline 193.001 mm, and 31.086 px between the principal points.
        metres = 994.978 * 0.193001 / (disparity + 31.086)
        cases.append(("Motorcycle", options.motorcycle / "motorcycle_left.png", disparity + 31.086, metres))
    if options.aloe:
        disparity = np.asarray(Image.open(options.aloe / "aloeGT.png").convert("L"), np.float64)
        cases.append(("Aloe", options.aloe / "aloeL.jpg", disparity, None))
    for name, path, disparity, known in cases:
        with Image.open(path) as image:
            predicted = predicted_depth(model, image, options.prompt)
        if predicted.shape != disparity.shape:
            sys.exit(f"error: {path}: expected {disparity.shape[::-1]} pixels as its disparities, got another size")
        rows = np.linspace(0.5, 1.5, len(disparity))[:, None] * np.ones_like(disparity)
        for who, depth in (("network", predicted), ("nearer below", 1 / rows)):
            found = scores(depth, disparity, known if who == "network" else None)
            line = "  ".join(f"{metric} {value:.3f}" for metric, value in found.items())
            sys.stdout.write(f"{name:11} {who:13} {line}\n")


if __name__ == "__main__":
    main()
