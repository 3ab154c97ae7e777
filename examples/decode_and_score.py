"""Score what a model painted: read pairs from shards and answers from a folder, decode, compare with the truth.

    python examples/decode_and_score.py DATASET --answers FOLDER

DATASET is what `verichrome generate` wrote. FOLDER holds the answers, `KEY.png` for the pair KEY; at another size than
the target they are resized by nearest neighbour. Without --answers the targets themselves are scored, which must give
perfect numbers. Rows are split by codec (one reads metres, another relative depth) and by split (`heldout` prompts use
wording that training never saw).

To get the answers: iterate over the pairs as here, give `stored.source` and `stored.pair.prompt` to the model, and save
its picture under `stored.pair.key`.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from encode import EncodeError, Frame, Pair, get_task, read_rgb
from shards import ShardError, Store, iter_frames, iter_pairs

#: The scores shown, best known first; --all shows every one. Tasks of third parties show what they have.
HEADLINES = {
    "depth": ("delta1", "abs_rel", "rmse", "aligned_delta1"),
    "normals": ("mean", "median", "under_11.25"),
    "semantic": ("miou", "pixel_accuracy"),
    "instance": ("pmf1", "cgf1", "ap"),
    "referring": ("ciou", "giou"),
    "amodal": ("iou", "hidden_iou"),
    "albedo": ("delta_e", "si_lmse"),
}

Row = tuple[str, str, str]


def main() -> int:
    """Print the table; 1 where there was nothing to score."""
    options = _options()
    answers = options.answers
    scores: dict[Row, list[dict[str, float]]] = defaultdict(list)
    missing: dict[Row, int] = defaultdict(int)
    try:
        for frame, pair in islice(pairs_with_truth(options.dataset, options.frames or options.dataset), options.limit):
            row = (pair.meta.task, pair.meta.codec, pair.meta.split)
            path = None if answers is None else answers / f"{pair.key}.png"
            if path is not None and not path.is_file():
                missing[row] += 1
                continue
            answer = pair.target if path is None else read_rgb(path, pair.meta.shape)
            scores[row].append(get_task(pair.meta.task).score(answer, frame, pair.meta))
    except (EncodeError, ShardError) as error:
        sys.exit(f"error: {error}")
    for line in table(scores, missing, everything=options.all):
        sys.stdout.write(line + "\n")
    return 0 if scores else 1


def pairs_with_truth(dataset: str, frames: str) -> Iterator[tuple[Frame, Pair]]:
    """Every pair with its frame. Both come in the order of their keys, so one frame at a time is in memory."""
    views = iter_frames(Store(frames))
    view = None
    for stored in iter_pairs(Store(dataset)):
        key = stored.pair.meta.frame_key
        while view is None or view.key != key:
            view = next(views, None)
            if view is None:
                sys.exit(f"error: {frames} holds no frame {key}, or not in the order of the pairs")
        yield view, stored.pair


def table(scores: dict[Row, list[dict[str, float]]], missing: dict[Row, int], *, everything: bool) -> Iterator[str]:
    """One line for each task, codec and split."""
    yield f"{'task':10} {'codec':15} {'split':8} {'answers':>8} {'missing':>8}  scores"
    for row in sorted({*scores, *missing}):
        task, codec, split = row
        summary = get_task(task).summarise(scores[row]) if row in scores else {}
        names = [name for name in HEADLINES.get(task, tuple(summary)) if name in summary]
        shown = "  ".join(f"{name} {summary[name]:.4f}" for name in (summary if everything else names))
        yield f"{task:10} {codec:15} {split:8} {len(scores.get(row, ())):8} {missing.get(row, 0):8}  {shown}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="folder or URL that holds the pairs")
    parser.add_argument("--answers", type=Path, help="folder of KEY.png; the targets themselves without it")
    parser.add_argument("--frames", help="where the frames are, if not in DATASET")
    parser.add_argument("--limit", type=int, help="only so many pairs")
    parser.add_argument("--all", action="store_true", help="every score, not the best known alone")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
