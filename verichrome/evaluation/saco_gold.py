"""SA-Co/Gold: noun phrases, present or not, with every instance (SAM 3, Carion et al. 2025).

Seven subsets with three annotators each: gold_SUBSET_merged_{a,b,c}_release_test.json (or without `release_`), in
COCO's form, whose `images` are pairs of an image and a phrase (`text_input`). Scored as CGF1Evaluator of sam3/eval in
github.com/facebookresearch/sam3: only pairs that all annotators covered exhaustively; of the annotators the one with
whom the answer agrees best; pmF1 is `positive_micro_F1`, cgF1 = pmF1 * IL_MCC. Means over subsets, as the paper's
table has them, are those of the columns.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from encode import EncodeError, FormatError
from encode.reading.json_text import read_json
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.coco_masks import mask_of_segmentation
from verichrome.evaluation.instances_truth import InstancesTruth
from verichrome.evaluation.sample import BenchmarkSample, key_of

__all__ = ["SacoGold"]

_SUBSETS = ("metaclip", "sa1b", "crowded", "fg_food", "fg_sports_equipment", "attributes", "wiki_common")
_ANNOTATORS = "abc"
_FOLDERS = ("", "gt-annotations/", "annotations/")
_IMAGES = ("", "metaclip-images/", "sa1b-images/", "images/")
_MOST_JSON, _MOST_CONTAINERS = 1 << 30, 8_000_000

Masks = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SacoGold:
    """The folder with the annotation files and the images."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every pair of image and phrase that all annotators covered, subset by subset."""
        folder = self._folder()
        found = False
        for subset in _SUBSETS:
            names = [self._file(folder, subset, annotator) for annotator in _ANNOTATORS]
            present = [name for name in names if name is not None]
            if present:
                found = True
                if len(present) < len(names):
                    raise folder.lacks(f"gold_{subset}_merged_a, _b and _c_release_test.json")
                yield from self._subset(folder, subset, present)
        if not found:
            raise folder.lacks("gold_metaclip_merged_a_release_test.json")

    def truth(self, sample: BenchmarkSample) -> InstancesTruth:
        """The masks of each annotator."""
        shape, annotators = sample.truth
        masks = [[mask_of_segmentation(mask, sample.key, shape) for mask in masks] for masks in annotators]
        return InstancesTruth(masks, shape)

    def _subset(self, folder: BenchmarkFolder, subset: str, names: list[str]) -> Iterator[BenchmarkSample]:
        try:
            documents = [_exhaustive(folder, name) for name in names]
            for number, image in documents[0][0].items():
                if not all(number in images for images, _ in documents):
                    continue
                shape = int(image["height"]), int(image["width"])
                yield BenchmarkSample(
                    key=key_of("saco", subset, str(number)),
                    task="instance",
                    prompt=f"Segment every {str(image['text_input']).strip()} separately, each in a different color, on"
                    " a black background.",
                    image=folder.first(*(f"{prefix}{image['file_name']}" for prefix in _IMAGES)),
                    scene=str(image["file_name"]),
                    part=subset,
                    truth=(shape, tuple(masks.get(number, ()) for _, masks in documents)),
                )
        except EncodeError:
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            got = f"{type(error).__name__}: {error}"[:200]
            raise FormatError(folder.where(names[0]), "images and annotations as in COCO", got) from error

    def _file(self, folder: BenchmarkFolder, subset: str, annotator: str) -> str | None:
        names = (f"gold_{subset}_merged_{annotator}_{release}test.json" for release in ("release_", ""))
        paths = [f"{prefix}{name}" for name in names for prefix in _FOLDERS]
        return next((path for path in paths if folder.exists(path)), None)

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "SA-Co/Gold")


def _exhaustive(folder: BenchmarkFolder, name: str) -> tuple[dict[Any, dict[str, Any]], dict[Any, Masks]]:
    """The exhaustive pairs by id, and the masks of each."""
    document = read_json(folder.read(name, _MOST_JSON), folder.where(name), _MOST_JSON, _MOST_CONTAINERS)
    images = {image["id"]: image for image in document["images"] if image["is_instance_exhaustive"]}
    masks = defaultdict(list)
    for annotation in document["annotations"]:
        masks[annotation["image_id"]].append(annotation["segmentation"])
    return images, {number: tuple(found) for number, found in masks.items()}
