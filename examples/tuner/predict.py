"""Paint answers: KEY.png for each pair, as `verichrome score` reads them.

python -m examples.tuner.predict tuner.pt DATASET --scenes 400:440 --out answers
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from torch.nn import functional

from encode import depth_codec, write_png
from encode.depth.codec import RELATIVE, codec_of_image
from encode.normals.codec import encode_normals
from examples.tuner.model import Tuner, load_tuner
from examples.tuner.questions import Question
from examples.tuner.train import scene_range
from examples.tuner.views import read_views

__all__ = ["answers", "paint_depth", "paint_labels", "predict"]


def answers(
    model: Tuner, image: UInt8[np.ndarray, "h w 3"], questions: list[Question]
) -> list[UInt8[np.ndarray, "h w 3"]]:
    """Return the painted answers to all questions about an image, of its size."""
    size = image.shape[:2]
    pixels = torch.from_numpy(image.copy()).permute(2, 0, 1)[None].float() / 255
    whole = [max(32, round(side / 32) * 32) for side in size]

    def sized(maps: torch.Tensor) -> np.ndarray:
        return functional.interpolate(maps, size, mode="bilinear", align_corners=False)[0].numpy()

    with torch.no_grad():
        features = model.features(functional.interpolate(pixels, whole, mode="bilinear", antialias=True))
        log, surface, normals = model.surfaces(features)
        metres = np.where(sized(surface[None])[0] > 0, np.exp(sized(log[None])[0]), np.inf)
        unit = sized(normals).transpose(1, 2, 0)
        unit = (unit / np.linalg.norm(unit, axis=2, keepdims=True)).astype(np.float32)

        def answer(question: Question) -> UInt8[np.ndarray, "h w 3"]:
            match question.task:
                case "depth":
                    return paint_depth(question, metres)
                case "normals":
                    return encode_normals(unit)
                case _:
                    logits = sized(model.logits(features, torch.from_numpy(question.words)[None]))
                    return paint_labels(question, np.where(logits.max(0) > 0, logits.argmax(0), len(logits)))

        return [answer(question) for question in questions]


def paint_depth(question: Question, metres: np.ndarray) -> UInt8[np.ndarray, "h w 3"]:
    """Paint metres, +inf without a surface, in the codec that the prompt names."""
    depth = metres.astype(np.float32)
    if question.meta.codec in RELATIVE:
        codec = codec_of_image(question.meta.codec, depth)
        return np.zeros((*depth.shape, 3), np.uint8) if codec is None else codec.encode(depth)
    parameters = {parameter.name: parameter.value for parameter in question.meta.codec_parameters}
    return depth_codec(question.meta.codec, parameters).encode(depth)


def paint_labels(question: Question, labels: np.ndarray) -> UInt8[np.ndarray, "h w 3"]:
    """Paint the number of each pixel's label in its colour."""
    return np.array(question.colors, np.uint8)[labels]


def predict(model: Tuner, data: str, scenes: range | None, out: Path) -> int:
    """Write an answer for each pair of the scenes; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for view in read_views(data, scenes).values():
        painted = answers(model, view.image, [question for _, question, _ in view.asked])
        for (key, _, _), image in zip(view.asked, painted, strict=True):
            write_png(out / f"{key}.png", image)
            count += 1
    return count


def main() -> None:
    """Answer the pairs of a data set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="file that examples.tuner.train wrote")
    parser.add_argument("data", metavar="DATASET")
    parser.add_argument("--scenes", type=scene_range, help="indices to answer, like 400:440; all if left out")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    predict(load_tuner(options.model), options.data, options.scenes, options.out)


if __name__ == "__main__":
    main()
