"""Values in messages: cut to a readable length before they are turned into text."""

import reprlib
from typing import Any

__all__ = ["shown"]

_MOST_BITS = 256


class _Short(reprlib.Repr):
    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 4
        self.maxstring = self.maxother = 160
        self.maxlong = 60
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = 12

    def repr_int(self, value: int, level: int) -> str:
        """Python refuses to print integers of more than some thousand digits."""
        return repr(value) if value.bit_length() <= _MOST_BITS else f"an integer of {value.bit_length()} bits"


def shown(value: Any) -> str:
    """`repr(value)`, long strings and collections with a gap in their middle or at their end."""
    return _Short().repr(value)
