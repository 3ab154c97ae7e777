"""Which scores of a task are shown first, and by which one its answers are ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

from shards.scoring.pair_score import PairScore

__all__ = ["Headline", "headline", "ranked"]


@dataclass(frozen=True, slots=True)
class Headline:
    """Scores of a task, best known first.

    summary: of many answers. ranking: of one answer, the first that it has counts. lower_is_better: of the ranking.
    """

    summary: tuple[str, ...]
    ranking: tuple[str, ...]
    lower_is_better: bool = False


_HEADLINES = {
    "depth": Headline(
        ("delta1", "abs_rel", "rmse", "see_3", "aligned_delta1", "aligned_abs_rel"),
        ("abs_rel", "aligned_abs_rel"),
        True,
    ),
    "normals": Headline(("mean", "median", "under_11.25", "under_30", "saee_3"), ("mean",), True),
    "semantic": Headline(("miou", "pixel_accuracy"), ("miou",)),
    "instance": Headline(("pmf1", "cgf1", "ap"), ("pmf1",)),
    "referring": Headline(("ciou", "giou"), ("iou",)),
    "amodal": Headline(("iou", "hidden_iou"), ("iou",)),
    "reasoning": Headline(("giou", "ciou"), ("iou",)),
    "interactive": Headline(("giou", "ciou"), ("iou",)),
    "parts": Headline(("miou", "pixel_accuracy"), ("miou",)),
    "materials": Headline(("miou", "pixel_accuracy"), ("miou",)),
    "boxes": Headline(("f1_50", "f1", "ap50", "ap"), ("f1",)),
    "points": Headline(("mae", "exact", "f1"), ("error",), True),
    "keypoints": Headline(("pck_10", "oks", "ap", "precision"), ("oks", "pck_10")),
    "edges": Headline(("f1", "precision", "recall", "mean_f1"), ("f1",)),
    "panoptic": Headline(("pq", "sq", "rq", "pq_things", "pq_stuff"), ("pq",)),
    "albedo": Headline(("delta_e", "si_lmse"), ("delta_e",), True),
    "shading": Headline(("stops", "si_lmse", "si_mse"), ("stops",), True),
}


def headline(task: str) -> Headline:
    """The scores shown first; a third party's task shows all that it has, and is not ranked."""
    return _HEADLINES.get(task, Headline((), ()))


def ranked(scores: Iterable[PairScore]) -> list[tuple[float, PairScore]]:
    """Answers of one task with the score that ranks them, the worst first; those without such a score are left out."""
    found = []
    for score in scores:
        order = headline(score.task)
        value = next((score.scores[name] for name in order.ranking if name in score.scores), float("nan"))
        if score.status == "scored" and value == value:  # which NaN is not
            found.append((value if order.lower_is_better else -value, value, score))
    found.sort(key=lambda entry: (-entry[0], entry[2].key))
    return [(value, score) for _, value, score in found]
