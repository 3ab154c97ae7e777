"""The data set's README.md: a Hugging Face dataset card for people and for `datasets.load_dataset`."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, get_args, get_type_hints

import yaml

from encode import EXTRA_MEMBERS, ExtraMember, PairMeta
from encode.reading.short_text import printable, size_text
from shards.errors import ShardError
from shards.layout import CARD
from shards.pairs import source_suffix, stored_extra_members
from shards.reader import iter_shard
from shards.receipt import Receipt
from shards.receipts import read_receipts
from shards.store import Store

__all__ = ["CardText", "Counts", "count_pairs", "counted_matter", "counted_phrases", "first_members", "write_card"]

_NAME = 60  # characters of a name from a receipt
_TASKS = {
    "depth": (
        "planar metric depth",
        "a 7-edge walk of the RGB cube; or plasma, inferno, viridis, grey, inverse or log depth as the prompt says",
    ),
    "normals": ("surface normals, camera axes", "R = (1 - x)/2, G = (1 + y)/2, B = (1 + z)/2; black where no surface"),
    "semantic": ("a class for every pixel", "each class in the colour that the prompt gives it"),
    "instance": ("the objects of one class, told apart", "one flat colour an object, at least 64 apart"),
    "referring": ("the objects that a phrase picks", "the colour that the prompt says, on the rest's"),
    "amodal": ("one whole object, its hidden part too", "the colour that the prompt says, on the rest's"),
    "reasoning": ("the objects that answer a question", "the colour that the prompt says, on the rest's"),
    "interactive": ("the object that is marked in source2.png", "the colour that the prompt says, on the rest's"),
    "parts": ("the parts of the objects that a phrase picks", "each part in the colour that the prompt gives it"),
    "materials": ("a material for every pixel", "each material in the colour that the prompt gives it"),
    "boxes": ("boxes around classes or what phrases pick", "outlines in the prompt's colours, on black or the image"),
    "points": ("counting a class", "one dot on each instance, in the colour that the prompt says"),
    "keypoints": ("joints and limbs of people", "dots and lines in the colours that the prompt gives them"),
    "edges": ("occlusion edges, or the contours of objects", "lines in the colours that the prompt says"),
    "panoptic": (
        "stuff by class and things by instance",
        "the prompt's colours, or those of the text answer; the rest in the background's",
    ),
    "albedo": ("base colour without light or shadow", "sRGB; black where no surface"),
    "shading": ("the light on diffuse surfaces", "25 levels a stop about the median; black where nothing is diffuse"),
}


_EXTRA_MEMBERS: Mapping[ExtraMember, str] = {
    "answer.txt": "text that stands before the image in an answer; empty for most tasks",
    "source2.png": "a second source image, of the same size; all black for tasks that have none",
}


@dataclass(frozen=True, slots=True)
class CardText:
    """The texts of a card that its author chooses; the rest is counted from the receipts."""

    title: str = "Synthetic scenes with exact truth, painted as RGB"
    licence: str = "cc0-1.0"
    about: str = ""
    image_policy: str = ""


@dataclass(slots=True)
class Counts:
    """What a card counts; `last` is the index of the last shard."""

    last: int = 0
    samples: int = 0
    bytes: int = 0
    frames: int = 0
    tasks: Counter[str] = field(default_factory=Counter)
    heldout: Counter[str] = field(default_factory=Counter)
    codecs: Counter[str] = field(default_factory=Counter)
    fingerprints: set[str] = field(default_factory=set)

    def add(self, receipt: Receipt) -> None:
        """Count a receipt of pairs, the shards in their order; one of frames has nothing to count."""
        if receipt.kind != "pairs":
            return
        self.last = receipt.index
        self.samples += receipt.samples
        self.bytes += receipt.bytes
        self.fingerprints.add(receipt.fingerprint)
        self.frames += len({row.frame_key for row in receipt.pairs})  # all pairs of a view are in one shard
        for row in receipt.pairs:
            self.tasks[row.task] += 1
            self.heldout[row.task] += row.split != "train"
            self.codecs[row.codec] += 1


def write_card(store: Store, text: CardText | None = None, counts: Counts | None = None) -> str:
    """Write README.md from the committed pairs and return it; raises ShardError when there are none.

    `counts` are those of the store's receipts; they are counted here where they are not given. Only the first sample
    is opened, for its members.
    """
    text = text or CardText()
    counts = counts or count_pairs(store)
    members = first_members(store)
    source = source_suffix("", members)
    matter = {**_headings(text), **counted_matter(counts, members)}
    front = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=1000)
    template = (files("shards.summary") / "card.md").read_text(encoding="utf-8")
    body = template.format(
        title=text.title,
        about=_paragraph(text.about),
        source=source,
        extra_members="".join(f"| `{name}` | {_EXTRA_MEMBERS[name]} |\n" for name in EXTRA_MEMBERS if name in members),
        source_policy=_source_policy(source),
        image_policy=_paragraph(text.image_policy),
        licence=text.licence,
        **counted_phrases(counts),
    )
    card = f"---\n{front}---\n\n{body}"
    store.put(CARD, card.encode())
    return card


def count_pairs(store: Store) -> Counts:
    """Count the committed pairs, from receipts alone."""
    counts = Counts()
    for receipt in read_receipts(store, "pairs"):
        counts.add(receipt)
    return counts


def first_members(store: Store) -> tuple[str, ...]:
    """The members of the first pair, in the order of the tar; raises ShardError where there is none."""
    for receipt in read_receipts(store, "pairs"):
        for key, members in iter_shard(store, receipt.file, receipt):
            own = {source_suffix(key, members), "meta.json", "prompt.txt", "target.png"}
            return tuple(sorted(own | stored_extra_members(members)))
    raise ShardError(f"{store.url}: no pair is committed, so there is nothing to write a card about")


def counted_phrases(counts: Counts) -> dict[str, str]:
    """The counted phrases of the card's text, by the template's slot; the audit looks for them word for word."""
    return {
        "totals": (
            f"**{counts.samples:,}** training samples from **{counts.frames:,}** rendered views"
            f" ({size_text(counts.bytes)})"
        ),
        "tasks": _task_table(counts),
        "last": f"000000..{counts.last:06d}",
        "fingerprints": ", ".join(_code(entry[:16]) for entry in sorted(counts.fingerprints)),
    }


def _headings(text: CardText) -> dict[str, Any]:
    return {
        "license": text.licence,
        "pretty_name": text.title,
        "task_categories": ["image-to-image", "depth-estimation", "image-segmentation"],
        "language": ["en"],
        "tags": ["synthetic", "webdataset", "blender", "depth", "surface-normals", "segmentation", "referring"],
    }


def counted_matter(counts: Counts, members: Sequence[str]) -> dict[str, Any]:
    """The fields of the front matter that follow from the pairs; `members` are those of each, in order."""
    return {
        "size_categories": [_size_category(counts.samples)],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": "train", "path": "pairs/pairs-*.tar"}],
            }
        ],
        "dataset_info": {"config_name": "default", "features": _features(members)},
    }


def _features(members: Sequence[str]) -> list[dict[str, Any]]:
    """Return every column with its type, as the card spells them; the order is that of the members in the tar."""
    return [
        *({"name": name, **_column(name)} for name in members),
        {"name": "__key__", "dtype": "string"},
        {"name": "__url__", "dtype": "string"},
    ]


def _column(member: str) -> dict[str, Any]:
    if member == "meta.json":
        return {"struct": _struct(PairMeta)}
    return {"dtype": "string" if member.endswith(".txt") else "image"}


_DTYPES = {str: "string", int: "int64", float: "float64", bool: "bool"}


def _struct(record: type) -> list[dict[str, Any]]:
    """The fields of a dataclass as Hugging Face spells them, in the order of their names, as JSON has them."""
    hints = get_type_hints(record)
    return [{"name": field, **_feature(hints[field])} for field in sorted(hints)]


def _feature(kind: Any) -> dict[str, Any]:
    if kind in _DTYPES:
        return {"dtype": _DTYPES[kind]}
    item = get_args(kind)[0]  # of a tuple
    return {"list": _DTYPES[item] if item in _DTYPES else _struct(item)}


def _task_table(counts: Counts) -> str:
    lines = ["| task | asks for | painted as | pairs | of them held out |", "| --- | --- | --- | ---: | ---: |"]
    for task in sorted(counts.tasks, key=lambda task: (list(_TASKS).index(task) if task in _TASKS else 99, task)):
        asks, painted = _TASKS.get(task, ("", ""))
        lines.append(f"| {_code(task)} | {asks} | {painted} | {counts.tasks[task]:,} | {counts.heldout[task]:,} |")
    lines.append(f"| all | | | {counts.samples:,} | {counts.heldout.total():,} |")
    codecs = ", ".join(f"{_code(codec)} {count:,}" for codec, count in sorted(counts.codecs.items()))
    return "\n".join(lines) + f"\n\nBy codec: {codecs}."


def _code(name: str) -> str:
    """A name from a receipt as code, escaped: it cannot end the code or the table's cell, or be read as HTML."""
    plain = re.sub(r"[`|<>&\[\]]", "?", name[:_NAME])
    return f"`{printable(plain, _NAME)}`"


def _source_policy(source: str) -> str:
    if source.endswith(".png"):
        return "Sources are the rendered images themselves, stored without loss."
    return (
        f"Sources are stored as `.{source.rpartition('.')[2]}`, with loss, to save space;"
        " targets never are: their pixels are exact."
    )


def _paragraph(text: str) -> str:
    return f"{text.strip()}\n\n" if text.strip() else ""


def _size_category(samples: int) -> str:
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
    return next((name for bound, name in bounds if samples < bound), "n>1M" if samples >= 10_000_000 else "1M<n<10M")
