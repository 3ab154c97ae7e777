"""What prompts say of the marks in a second source image: their kind, and what they are drawn on."""

from collections.abc import Mapping

__all__ = ["CANVASES", "EXCLUDED", "MARKED", "MARK_KINDS", "canvas_of"]

#: Kinds of marks; a template has a slot of that name, which holds the mark's colour.
MARK_KINDS = ("point", "points", "box", "scribble", "coarse_mask")

#: The slot for the colour of points on what does not belong to the object.
EXCLUDED = "excluded"

#: The label of what is asked for.
MARKED = "marked object"

#: What marks are drawn on, the image or black, and how the prompts of each split put it: "the second image is ...".
CANVASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "image": {
        "train": ("a copy of the first", "the same as the first", "equal to the first"),
        "heldout": ("identical to the first", "just like the first"),
    },
    "black": {
        "train": ("black", "all black", "plain black"),
        "heldout": ("pure black", "entirely black"),
    },
}


def canvas_of(words: str) -> str:
    """Return the canvas that a prompt puts in these words; "" for other words."""
    return next((name for name, splits in CANVASES.items() if any(words in phrases for phrases in splits.values())), "")
