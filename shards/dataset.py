"""A data set by its folder or URL: where its frames and its pairs are."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from encode import Frame
from shards.errors import NoDataset
from shards.pairs import StoredPair
from shards.reader import iter_frames, iter_pairs
from shards.receipts import committed
from shards.store import Store

__all__ = ["Dataset", "open_dataset", "open_frames"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The store of the pairs and that of their frames: one and the same, unless `encode` made the pairs elsewhere."""

    pairs: Store
    frames: Store

    @property
    def has_frames(self) -> bool:
        """Whether the store of the frames has any, whole or damaged."""
        return any(self.frames.names("receipts/frames-")) or any(self.frames.names("frames/"))

    def iter_frames(self) -> Iterator[Frame]:
        """Yield every committed frame in order, one in memory at a time; raises ShardError at the first fault."""
        return iter_frames(self.frames)

    def iter_pairs(self) -> Iterator[StoredPair]:
        """Yield every committed pair in order, one in memory at a time; raises ShardError at the first fault."""
        return iter_pairs(self.pairs)


def open_dataset(url: str, frames_url: str | None = None) -> Dataset:
    """Open the output folder at `url`; `url` may also be the folder `frames/` or `pairs/` in it.

    frames_url: where the frames are, if they are elsewhere. Lists names and opens no shard. Raises NoDataset where
    there are no receipts, or no frames at `frames_url`; StoreError where a folder or bucket cannot be listed.
    """
    store = _first_fit(url, ("frames", "pairs"), lambda candidate: any(candidate.names("receipts/")))
    if store is None:
        expected = "receipts of frames or pairs, as `generate` writes them"
        raise NoDataset(f"{url} is not a data set: expected {expected}, got none")
    return Dataset(store, open_frames(frames_url) if frames_url else store)


def open_frames(url: str) -> Store:
    """Open the store of the frames at `url`: an output folder, or the folder `frames/` in it.

    Raises NoDataset where no frame is committed, StoreError where the folder or bucket cannot be listed.
    """
    store = _first_fit(url, ("frames",), lambda candidate: bool(committed(candidate, "frames")))
    if store is None:
        expected = "frames/frames-000000.tar and its receipt, as `generate` writes them"
        raise NoDataset(f"{url} holds no frames: expected {expected}, got none")
    return store


def _first_fit(url: str, folders: Collection[str], fits: Callable[[Store], bool]) -> Store | None:
    """The store at `url` or, where that is one of `folders`, the one that holds it: the first that fits."""
    parent, _, last = url.rstrip("/").rpartition("/")
    candidates = [url, parent or "."] if last in folders else [url]
    return next((store for store in map(Store, candidates) if fits(store)), None)
