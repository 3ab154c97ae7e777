"""The data set that a command reads, by the URLs of its command line."""

from collections.abc import Iterator
from contextlib import contextmanager

from shards import Dataset, NoDataset, ShardError, Store, open_dataset, open_frames
from verichrome.errors import UsageError

__all__ = ["dataset_at", "frames_at"]


def dataset_at(url: str, frames_url: str | None = None) -> Dataset:
    """Open a data set as `shards.open_dataset` does; raises UsageError instead of ShardError."""
    with _usage_errors(url):
        return open_dataset(url, frames_url)


def frames_at(url: str) -> Store:
    """Open the store of frames as `shards.open_frames` does; raises UsageError instead of ShardError."""
    with _usage_errors(url):
        return open_frames(url)


@contextmanager
def _usage_errors(url: str) -> Iterator[None]:
    try:
        yield
    except NoDataset as error:
        raise UsageError(f"{error}.") from error
    except ShardError as error:
        raise UsageError(f"Cannot read {url}: {error}.") from error
