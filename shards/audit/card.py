"""Does the dataset card state the counts of the receipts? Its prose is not checked."""

from collections.abc import Iterator
from typing import Any

from encode import FormatError
from encode.reading.short_text import short_repr
from shards.errors import ShardError, StoreError
from shards.layout import CARD
from shards.reading.limits import MOST_TEXT_BYTES
from shards.reading.stored import read_small
from shards.reading.yaml_text import read_yaml
from shards.store import Store
from shards.summary.card import count_pairs, counted_matter, counted_phrases, first_members

__all__ = ["card_problems"]


def card_problems(store: Store) -> Iterator[str]:
    """Yield what is wrong with README.md; nothing if no pair is committed, for then there is no card."""
    try:
        counts = count_pairs(store)
        members = first_members(store)
    except ShardError:
        return  # no pairs and so no card, or shards that do not read, which is reported elsewhere
    if not store.exists(CARD):
        yield f"expected the dataset card of {counts.samples} pairs, got none"
        return
    try:
        text = read_small(store, CARD, MOST_TEXT_BYTES).decode("utf-8", "replace")
    except (FormatError, StoreError) as error:
        yield str(error)
        return
    for phrase in counted_phrases(counts).values():
        missing = next((line for line in phrase.splitlines() if line not in text), None)
        if missing is not None:
            yield f"expected the text {missing!r} by the receipts, got none"
    matter = _front_matter(text)
    for name, expected in counted_matter(counts, members).items():
        if matter.get(name) != expected:
            got = short_repr(matter.get(name))
            yield f"expected {name} {expected!r} in its front matter by the receipts, got {got}"


def _front_matter(text: str) -> dict[str, Any]:
    head = text.split("---\n", 2)
    try:
        front = read_yaml(head[1], CARD) if len(head) == 3 and not head[0] else None
    except FormatError:
        front = None
    return front if isinstance(front, dict) else {}
