"""Command-line arguments that benchmarks have in common."""

import argparse
from collections.abc import Callable

__all__ = ["whole_number"]


def whole_number(least: int = 1) -> Callable[[str], int]:
    """A `type` of argparse: a whole number from `least` on."""

    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is not a whole number from {least} on")
        return int(text)

    return parse
