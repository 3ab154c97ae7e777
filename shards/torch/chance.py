"""Draws that depend on names alone, so that an order can be taken up again without a generator's state."""

import hashlib

__all__ = ["drawn_integer", "drawn_share"]


def drawn_integer(*names: object) -> int:
    """Return an integer of 63 bits, a function of `names` alone: of their texts, joined by line breaks."""
    digest = hashlib.sha256("\n".join(map(str, names)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def drawn_share(*names: object) -> float:
    """Return a number in [0, 1), a function of `names` alone."""
    return drawn_integer(*names) / 2**63
