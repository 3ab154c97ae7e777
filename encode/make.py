"""From a frame to its pairs."""

from collections.abc import Iterable

from encode.check import check_frame
from encode.draw import pair_generator
from encode.errors import EncodeError
from encode.frame import Frame
from encode.frame_cache import cached_per_frame
from encode.pair import Pair
from encode.registry import get_task
from encode.shares import PairShares
from encode.task import PairRequest

__all__ = ["make_pair", "make_pairs"]

_check_once = cached_per_frame(check_frame)


_DEFAULT_SHARES = PairShares()


def make_pair(
    frame: Frame,
    task: str,
    *,
    seed: int,
    index: int = 0,
    split: str = "train",
    shares: PairShares = _DEFAULT_SHARES,
) -> Pair | None:
    """Return pair `index` of one task, as `make_pairs` does; None where the task has nothing to ask about the frame.

    Raises what `make_pairs` raises.
    """
    _check_once(frame)
    if "." in frame.key:
        raise EncodeError("frame key", "no dots, webdataset cuts keys at the first", repr(frame.key))
    rng = pair_generator(seed, frame.key, task, index)
    return get_task(task).make(PairRequest(frame, rng, seed, split, index, shares))


def make_pairs(
    frame: Frame,
    tasks: Iterable[str],
    *,
    seed: int,
    prompts_per_task: int = 1,
    split: str = "train",
    shares: PairShares = _DEFAULT_SHARES,
) -> list[Pair]:
    """Return the pairs of one view, in the order of `tasks`.

    A pair is a function of (frame, task, seed, split, index, shares) alone, not of the other requested tasks or of
    `prompts_per_task`. A task with nothing to ask about the frame gives fewer pairs, or none.

    Raises TaskError for an unknown task, PromptError for an unknown split, ArrayError for truth that breaks the
    contract.
    """
    _check_once(frame)
    if prompts_per_task < 0:
        raise EncodeError("prompts_per_task", "0 or more", str(prompts_per_task))
    pairs = (
        make_pair(frame, task, seed=seed, index=index, split=split, shares=shares)
        for task in tasks
        for index in range(prompts_per_task)
    )
    return [pair for pair in pairs if pair is not None]
