"""What a loader gives for each pair, and how samples become a batch."""

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

import numpy as np
import torch
from jaxtyping import UInt8

from encode import Pair, PairMeta

__all__ = ["Pixels", "Sample", "collate", "sample_of"]

#: `uint8`: (h, w, 3), 0 to 255. `float`: float32 (3, h, w), 0 to 1.
Pixels = Literal["uint8", "float"]


class Sample(TypedDict):
    """One pair as torch takes it.

    source, target: the image and its answer, of one size, as `Pixels` says. key: the pair's, which a pair made from a
    frame has again in every epoch. meta: what decoders and scores need.
    """

    source: torch.Tensor
    target: torch.Tensor
    prompt: str
    task: str
    key: str
    meta: PairMeta


def sample_of(pair: Pair, source: UInt8[np.ndarray, "h w 3"], pixels: Pixels) -> Sample:
    """Return the pair and its source image as tensors."""
    return Sample(
        source=_tensor(source, pixels),
        target=_tensor(pair.target, pixels),
        prompt=pair.prompt,
        task=pair.meta.task,
        key=pair.key,
        meta=pair.meta,
    )


def collate(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return a batch: images stacked, everything else as lists. The `collate_fn` of a DataLoader."""
    batch: dict[str, Any] = {name: [sample[name] for sample in samples] for name in ("prompt", "task", "key", "meta")}
    batch |= {name: torch.stack([sample[name] for sample in samples]) for name in ("source", "target")}
    return batch


def _tensor(image: UInt8[np.ndarray, "h w 3"], pixels: Pixels) -> torch.Tensor:
    # Pillow's arrays are read-only, of which torch warns.
    tensor = torch.from_numpy(image if image.flags.writeable else image.copy())
    return tensor if pixels == "uint8" else tensor.permute(2, 0, 1).contiguous().float().div_(255)
