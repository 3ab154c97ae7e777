"""RefCOCOg, UMD split: phrases for objects in COCO's photographs (Mao et al. 2016; Nagaraja et al. 2016).

refcocog/refs(umd).p and refcocog/instances.json of github.com/lichengunc/refer, and COCO's train2014 images. Each
sentence of each reference of the split is a sample; the truth is the annotation's mask as COCO draws it. cIoU sums
pixels over all sentences, gIoU is the mean IoU. The references are a Python pickle; only plain values are read from it,
and one that names any class or function is refused.
"""

import io
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from encode import EncodeError, FormatError
from encode.reading.json_text import read_json
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.coco_masks import mask_of_segmentation
from verichrome.evaluation.phrases import TARGET_LEGEND, phrase_prompt
from verichrome.evaluation.sample import BenchmarkSample
from verichrome.evaluation.truths import MaskTruth

__all__ = ["RefCocoG"]

_REFS, _INSTANCES = "refs(umd).p", "instances.json"
_IMAGES = ("images/mscoco/images/train2014/", "images/mscoco/train2014/", "images/train2014/", "train2014/")
_MOST_PICKLE, _MOST_JSON, _MOST_CONTAINERS = 256 << 20, 512 << 20, 4_000_000


@dataclass(frozen=True, slots=True)
class RefCocoG:
    """The folder with refcocog/ and the images. split: `val` or `test`."""

    root: Path
    split: str

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every sentence of the split's references."""
        folder = self._folder()
        name = folder.first(f"refcocog/{_REFS}", _REFS)
        where = folder.where(name)
        instances = name.replace(_REFS, _INSTANCES)
        references = _plain_pickle(folder.read(name, _MOST_PICKLE), where)
        try:
            wanted = [reference for reference in references if reference["split"] == self.split]
            annotations = self._annotations(folder, folder.first(instances), {r["ann_id"] for r in wanted})
            for reference in wanted:
                annotation, image = annotations[reference["ann_id"]]
                file = folder.first(*(f"{prefix}{image['file_name']}" for prefix in _IMAGES))
                for sentence in reference["sentences"]:
                    yield BenchmarkSample(
                        key=f"refcocog-{int(sentence['sent_id']):06d}",
                        task="referring",
                        prompt=phrase_prompt(str(sentence["sent"])),
                        image=file,
                        scene=str(image["id"]),
                        legend=TARGET_LEGEND,
                        truth=(annotation["segmentation"], int(image["height"]), int(image["width"])),
                    )
        except EncodeError:
            raise
        except (KeyError, TypeError, ValueError) as error:
            got = f"{type(error).__name__}: {error}"[:200]
            raise FormatError(
                where, "references with ann_id, split and sentences, in instances.json too", got
            ) from error

    def truth(self, sample: BenchmarkSample) -> MaskTruth:
        """The annotation's mask."""
        segmentation, height, width = sample.truth
        mask = mask_of_segmentation(segmentation, sample.key, (height, width))
        return MaskTruth(mask, np.ones_like(mask))

    def _annotations(
        self, folder: BenchmarkFolder, name: str, wanted: set[Any]
    ) -> dict[Any, tuple[dict[str, Any], dict[str, Any]]]:
        content = folder.read(name, _MOST_JSON)
        document = read_json(content, folder.where(name), _MOST_JSON, _MOST_CONTAINERS)
        images = {image["id"]: image for image in document["images"]}
        return {a["id"]: (a, images[a["image_id"]]) for a in document["annotations"] if a["id"] in wanted}

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, f"RefCOCOg (UMD {self.split})")


class _PlainUnpickler(pickle._Unpickler):
    """Reads lists, dicts, texts and numbers alone: a pickle can call only what it can name.

    In Python, since the one in C allocates as much memory as a few bytes of a pickle ask for. It takes three seconds.
    """

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"the name {module}.{name}"[:100])


def _plain_pickle(content: bytes, where: str) -> Any:
    try:
        return _PlainUnpickler(io.BytesIO(content), encoding="latin1").load()
    except Exception as error:  # damaged pickles raise any kind of error
        got = f"{type(error).__name__}: {error}"[:200]
        raise FormatError(where, "a pickle of plain lists, dicts, texts and numbers", got) from error
