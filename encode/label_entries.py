"""The entries of a label that several objects share, in a `meta`: those that are scored, and those that are not."""

from collections.abc import Collection, Sequence

from encode.frame import ObjectId
from encode.pair import RGB, ColorEntry

__all__ = ["label_entries"]


def label_entries(
    label: str, rgb: RGB, ids: Sequence[ObjectId], unscored: Collection[ObjectId]
) -> tuple[ColorEntry, ...]:
    """Return the entry of the objects that are scored, then that of the `unscored` ones among `ids`.

    The first has no ids where nothing is there; it is left out where none is scored.
    """
    scored, others = (tuple(i for i in ids if (i in unscored) is wanted) for wanted in (False, True))
    entries = (ColorEntry(label, rgb, scored),) if scored or not others else ()
    return (*entries, ColorEntry(label, rgb, others, scored=False)) if others else entries
