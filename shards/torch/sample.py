"""What a loader gives for each pair, and how samples become a batch."""

from collections.abc import Collection, Sequence
from typing import Any, Literal, NotRequired, TypedDict

import numpy as np
import torch
from jaxtyping import UInt8

from encode import ExtraMember, Pair, PairMeta

__all__ = ["Pixels", "Sample", "collate", "sample_of"]

#: `uint8`: (h, w, 3), 0 to 255. `float`: float32 (3, h, w), 0 to 1.
Pixels = Literal["uint8", "float"]


class Sample(TypedDict):
    """One pair as torch takes it.

    source, target: the image and its answer, of one size, as `Pixels` says. key: the pair's, which a pair made from a
    frame has again in every epoch. meta: what decoders and scores need.
    answer, source2: there where the data set has the extra member; "", and all black, for a pair that has none.
    """

    source: torch.Tensor
    target: torch.Tensor
    prompt: str
    task: str
    key: str
    meta: PairMeta
    answer: NotRequired[str]
    source2: NotRequired[torch.Tensor]


def sample_of(
    pair: Pair, source: UInt8[np.ndarray, "h w 3"], pixels: Pixels, extra_members: Collection[ExtraMember] = ()
) -> Sample:
    """Return the pair and its source image as tensors; `extra_members` are those of the data set."""
    sample = Sample(
        source=_tensor(source, pixels),
        target=_tensor(pair.target, pixels),
        prompt=pair.prompt,
        task=pair.meta.task,
        key=pair.key,
        meta=pair.meta,
    )
    if "answer.txt" in extra_members:
        sample["answer"] = pair.answer
    if "source2.png" in extra_members:
        sample["source2"] = _tensor(np.zeros_like(pair.target) if pair.source2 is None else pair.source2, pixels)
    return sample


def collate(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return a batch: images stacked, everything else as lists. The `collate_fn` of a DataLoader.

    Fields that not all samples have are left out.
    """
    columns: dict[str, list[Any]] = {
        name: [sample[name] for sample in samples]  # type: ignore[literal-required]
        for name in samples[0]
        if all(name in sample for sample in samples)
    }
    return {
        name: torch.stack(values) if isinstance(values[0], torch.Tensor) else values for name, values in columns.items()
    }


def _tensor(image: UInt8[np.ndarray, "h w 3"], pixels: Pixels) -> torch.Tensor:
    # Pillow's arrays are read-only, of which torch warns.
    tensor = torch.from_numpy(image if image.flags.writeable else image.copy())
    return tensor if pixels == "uint8" else tensor.permute(2, 0, 1).contiguous().float().div_(255)
