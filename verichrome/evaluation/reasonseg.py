"""ReasonSeg: implicit questions whose answer is a region (Lai et al., LISA, CVPR 2024).

ROOT/val/NAME.jpg and NAME.json with `text`, `is_sentence` and `shapes`: polygons labelled target, ignore or flag. Masks
are drawn as get_mask_from_json of github.com/dvlab-research/LISA: the largest first, border pixels included, flags left
out, ignored regions not scored; the first text is asked, as its ValDataset does. gIoU is the mean of the images' IoU
(two empty masks agree), cIoU that of summed pixels. Pillow draws the polygons here, whose borders may differ from
OpenCV's by a pixel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from encode import FormatError
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_SIDE
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.phrases import TARGET_LEGEND, phrase_prompt, question_prompt
from verichrome.evaluation.sample import BenchmarkSample, key_of
from verichrome.evaluation.truths import MaskTruth

__all__ = ["ReasonSeg"]

_MOST_JSON = 8 << 20
_TARGET, _IGNORED = 1, 2


@dataclass(frozen=True, slots=True)
class ReasonSeg:
    """The folder with val/ and test/, or with ReasonSeg/ around them. split: `val` or `test`."""

    root: Path
    split: str

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every image, asked by its first text."""
        folder = self._folder()
        found = False
        base = next((p + self.split for p in ("ReasonSeg/", "") if folder.entries(p + self.split)), self.split)
        for name in folder.files(base, ".json"):
            found = True
            document = self._document(name)
            texts, is_sentence = document.get("text"), document.get("is_sentence")
            if not isinstance(texts, list) or not texts or not isinstance(texts[0], str):
                raise FormatError(folder.where(name), "`text` with a list of texts", repr(texts)[:100])
            key = key_of("reasonseg", name.removesuffix(".json").rpartition("/")[2])
            yield BenchmarkSample(
                key=key,
                task="referring",
                prompt=question_prompt(texts[0]) if is_sentence else phrase_prompt(texts[0]),
                image=folder.first(f"{name.removesuffix('.json')}.jpg"),
                scene=key,
                legend=TARGET_LEGEND,
                truth=name,
            )
        if not found:
            raise folder.lacks(f"{self.split}/NAME.json")

    def truth(self, sample: BenchmarkSample) -> MaskTruth:
        """The target, and what is not ignored."""
        folder = self._folder()
        height, width = folder.image_shape(sample.image)
        drawn = []
        for label, points in self._shapes(sample.truth):
            if label == "flag":
                continue
            mask = Image.new("L", (width, height))
            ImageDraw.Draw(mask).polygon(points, fill=1, outline=1)
            drawn.append((np.asarray(mask) > 0, _IGNORED if "ignore" in label else _TARGET))
        labels = np.zeros((height, width), np.uint8)
        for pixels, value in sorted(drawn, key=lambda entry: -int(entry[0].sum())):
            labels[pixels] = value
        return MaskTruth(labels == _TARGET, labels != _IGNORED)

    def _shapes(self, name: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        where = self._folder().where(name)
        for shape in self._document(name).get("shapes", ()):
            try:
                points = [(int(x), int(y)) for x, y in shape["points"]]
                label = str(shape["label"]).lower()
            except (TypeError, ValueError, KeyError, OverflowError) as error:
                raise FormatError(where, "shapes with a label and points", f"{error}"[:100]) from error
            if len(points) < 2 or any(abs(value) > 2 * MOST_SIDE for point in points for value in point):
                raise FormatError(where, f"two or more points within {2 * MOST_SIDE} pixels", f"{len(points)} points")
            yield label, points

    def _document(self, name: str) -> dict[str, Any]:
        folder = self._folder()
        content = folder.read(name, _MOST_JSON)
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:  # some files are in Windows' code page
            content = content.decode("cp1252", errors="replace").encode("utf-8")
        document = read_json(content, folder.where(name), _MOST_JSON)
        if not isinstance(document, dict):
            raise FormatError(folder.where(name), "a JSON object", type(document).__name__)
        return document

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, f"ReasonSeg ({self.split})")
