"""From a frame to its pairs."""

from collections.abc import Iterable

from encode.check import check_frame
from encode.draw import pair_generator
from encode.errors import EncodeError
from encode.frame import Frame
from encode.pair import Pair
from encode.registry import get_task
from encode.task import PairRequest

__all__ = ["make_pairs"]


def make_pairs(
    frame: Frame, tasks: Iterable[str], *, seed: int, prompts_per_task: int = 1, split: str = "train"
) -> list[Pair]:
    """Return the pairs of one view, in the order of `tasks`.

    A pair is a function of (frame, task, seed, split, index) alone, not of the other requested tasks or of
    `prompts_per_task`. A task with nothing to ask about the frame gives fewer pairs, or none.

    Raises TaskError for an unknown task, PromptError for an unknown split, ArrayError for truth that breaks the
    contract.
    """
    check_frame(frame)
    if "." in frame.key:
        raise EncodeError("frame key", "no dots, webdataset cuts keys at the first", repr(frame.key))
    if prompts_per_task < 0:
        raise EncodeError("prompts_per_task", "0 or more", str(prompts_per_task))
    pairs = []
    for name in tasks:
        task = get_task(name)
        for index in range(prompts_per_task):
            rng = pair_generator(seed, frame.key, name, index)
            pair = task.make(PairRequest(frame, rng, seed, split, index))
            if pair is not None:
                pairs.append(pair)
    return pairs
