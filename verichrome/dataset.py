"""Opening a data set by its folder or URL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from encode import Frame, Pair
from shards import AuditReport, Store, StoreError, audit_dataset, committed, iter_frames, iter_pairs
from verichrome.errors import UsageError

__all__ = ["Dataset", "open_dataset", "open_frames"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """An existing data set: where its pairs and receipts are, and where its frames are (often the same store)."""

    store: Store
    frames_store: Store

    def frames(self) -> Iterator[Frame]:
        """Every frame in the order of the keys, one shard at a time; raises shards.ShardError for a damaged one."""
        return iter_frames(self.frames_store)

    def pairs(self) -> Iterator[Pair]:
        """Every pair in the order of the keys; raises shards.ShardError for a damaged shard."""
        return (stored.pair for stored in iter_pairs(self.store))

    def pairs_with_frames(self) -> Iterator[tuple[Frame, Pair]]:
        """Every pair with the frame that it was made of; an answer is scored against the frame's truth.

        Raises UsageError where a pair's frame is missing, shards.ShardError for a damaged shard.
        """
        frames = self.frames()
        frame: Frame | None = None
        for pair in self.pairs():  # both come in the order of their keys
            while frame is None or frame.key != pair.meta.frame_key:
                frame = next(frames, None)
                if frame is None:
                    raise UsageError(f"{self.frames_store.url} holds no frame {pair.meta.frame_key}.")
            yield frame, pair

    def audit(self, progress: Callable[[int, int], None] | None = None, workers: int = 1) -> AuditReport:
        """Check every file, frame and pair against its receipt and its truth, in this process or in up to `workers`.

        The processes start anew (`spawn`), so a script that asks for them needs `if __name__ == "__main__":`.
        `progress` is called with the number of shards that are done and of all. Raises UsageError where the frames are
        elsewhere, shards.StoreError where files cannot be read, shards.ShardError where a process is killed.
        """
        from verichrome.audit_expectations import read_expectations

        if not any(self.frames_store.names("receipts/frames-")) and not any(self.frames_store.names("frames/")):
            url = self.store.url
            raise UsageError(
                f"{url} holds pairs and no frames: name the folder of their frames, "
                f"verichrome audit {url} --frames DIR."
            )
        expectations, problems = read_expectations(self.store, self.frames_store)
        return audit_dataset(
            self.store, self.frames_store, progress, workers=workers, expectations=expectations, known_problems=problems
        )


def open_dataset(url: str | Path, frames: str | Path | None = None) -> Dataset:
    """The data set at a folder or URL that `verichrome generate` or `encode` wrote, or at the frames/ or pairs/ in it.

    `frames`: where its frames are, if elsewhere (as after `encode`). Raises UsageError where there is not a data set.
    """
    store = _holding(str(url), "receipts/")
    if store is None:
        raise UsageError(f"{url} is not a data set: it has no receipts of frames or pairs, as `generate` writes them.")
    return Dataset(store, store if frames is None else open_frames(str(frames)))


def open_frames(url: str) -> Store:
    """The store that holds the frames: `url` is an output folder, or the frames/ folder in it. Raises UsageError."""
    store = _holding(url, "receipts/frames-")
    if store is not None and committed(store, "frames"):
        return store
    raise UsageError(
        f"{url} is not a folder of frames: it needs frames/frames-000000.tar and its receipt, made by `generate`."
    )


def _holding(url: str, prefix: str) -> Store | None:
    """The store at `url`, or above it where it names its frames/ or pairs/, that has names beginning with `prefix`."""
    parent, _, last = url.rstrip("/").rpartition("/")
    candidates = [url, parent or "."] if last in ("frames", "pairs") else [url]
    try:
        stores = map(Store, candidates)
        return next((store for store in stores if any(store.names(prefix))), None)
    except StoreError as error:
        raise UsageError(f"Cannot read {url}: {error}.") from error
