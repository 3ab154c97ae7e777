"""Data sets for torch's DataLoader: pairs as they are stored, or made anew from frames in every epoch.

Needs the extra `torch`; no other module of the project imports this package. docs/training.md shows how to use it.
"""

from shards.torch.datasets import FrameDataset, PairDataset
from shards.torch.sample import Sample, collate
from shards.torch.scenes_choice import SceneSplit
from shards.torch.stream import LoaderError, SampleStream

__all__ = ["FrameDataset", "LoaderError", "PairDataset", "Sample", "SampleStream", "SceneSplit", "collate"]
