"""A training sample, and its facts in `meta.json`."""

import sys
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields
from typing import Annotated, Any

import numpy as np
from jaxtyping import UInt8

from encode.errors import MetaError
from encode.reading.limits import MOST_ID, MOST_PROMPT, MOST_SIDE, MOST_TEXT
from encode.reading.short_text import short_repr
from encode.schema import Key

__all__ = [
    "BACKGROUND",
    "BLACK",
    "RGB",
    "CodecParameter",
    "ColorEntry",
    "Decoding",
    "Pair",
    "PairMeta",
    "no_surface_entry",
]

RGB = tuple[int, int, int]

#: Label of the entry whose colour all other pixels have.
BACKGROUND = "background"

#: The background colour where neither prompt nor meta gives another.
BLACK: RGB = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class CodecParameter:
    """One number that the decoder needs besides the prompt."""

    name: Annotated[str, Key("of the parameter")]
    value: Annotated[float, Key("of the parameter, as a float")]


@dataclass(frozen=True, slots=True)
class ColorEntry:
    """The meaning of one colour of the target.

    ids: category ids for the semantic task, instance ids else; empty for the background and for absent classes.
    scored: false for an instance too small or too thin for any decoder.
    """

    label: Annotated[str, Key("what the colour is called in the prompt; `background` without ids is all the rest")]
    rgb: Annotated[RGB, Key("0 to 255")]
    ids: Annotated[tuple[int, ...], Key("category ids for semantic, instance ids else; 0 for `no surface`")]
    scored: Annotated[bool, Key("false for an instance too small or too thin to be scored")] = True


def no_surface_entry(rgb: RGB) -> ColorEntry:
    """Return the entry of the colour of pixels without a surface."""
    return ColorEntry("no surface", rgb, (0,))


@dataclass(frozen=True, slots=True)
class Decoding:
    """The part of `meta.json` that decoding an answer needs; a task also derives it from a prompt alone.

    codec: its name. parameters: numbers besides the name, at least one. colors: meaning of the colours, at least one
    entry with ids.
    """

    codec: str
    parameters: tuple[CodecParameter, ...]
    colors: tuple[ColorEntry, ...]


@dataclass(frozen=True, slots=True)
class PairMeta:
    """`meta.json` of a pair: the same keys and types for every sample of every task (docs/formats.md)."""

    task: Annotated[
        str,
        Key("`depth`, `normals`, `semantic`, `instance`, `referring`, `amodal`, `albedo`, or a third party's"),
    ]
    codec: Annotated[
        str,
        Key(
            "`cube-walk`, `plasma`, `inferno`, `viridis`, `gray`, `inverse-gray`; `camera-normals`; `flat-colors`;"
            " `srgb`"
        ),
    ]
    codec_parameters: Annotated[
        tuple[CodecParameter, ...], Key("all that the decoder needs beside the prompt, see below; at least one")
    ]
    frame_key: Annotated[str, Key("the frame it was made from")]
    colors: Annotated[
        tuple[ColorEntry, ...],
        Key("what each colour stands for, see below; at least one has ids. Depth and normals have `no surface` alone"),
    ]
    template: Annotated[str, Key("id of the prompt's template")]
    split: Annotated[str, Key("`train` or `heldout`: which templates the prompt was drawn from")]
    seed: Annotated[int, Key("what the prompt, the colours and the choice of classes were drawn from")]
    width: Annotated[int, Key("pixels")]
    height: Annotated[int, Key("pixels")]
    expression: Annotated[str, Key('referring and amodal: the structured form as JSON; else `""`')] = ""

    def __post_init__(self) -> None:
        # An empty list has no type, and Hugging Face infers the schema from the first five samples.
        if not self.codec_parameters:
            raise MetaError(f"meta of {self.frame_key}", "at least one codec parameter", "none")
        if not any(entry.ids for entry in self.colors):
            raise MetaError(f"meta of {self.frame_key}", "at least one colour entry with ids", "none")

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.height, self.width

    @property
    def background(self) -> RGB:
        """Colour of all that no other entry covers: black unless an entry gives another."""
        return next((entry.rgb for entry in self.colors if entry.label == BACKGROUND), BLACK)

    @property
    def foreground(self) -> tuple[ColorEntry, ...]:
        """Every entry but the background."""
        return tuple(entry for entry in self.colors if entry.label != BACKGROUND)

    def parameter(self, name: str) -> float:
        """Value of the codec parameter `name`; raises MetaError when there is none."""
        for parameter in self.codec_parameters:
            if parameter.name == name:
                return parameter.value
        names = ", ".join(sorted(parameter.name for parameter in self.codec_parameters))
        raise MetaError(f"codec parameters of {self.codec}", f"one named {name!r}", names)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, keys and types exactly as docs/formats.md lists them."""
        return {
            "task": self.task,
            "codec": self.codec,
            "codec_parameters": [{"name": p.name, "value": float(p.value)} for p in self.codec_parameters],
            "frame_key": self.frame_key,
            "colors": [
                {"label": e.label, "rgb": list(e.rgb), "ids": list(e.ids), "scored": e.scored} for e in self.colors
            ],
            "template": self.template,
            "split": self.split,
            "seed": self.seed,
            "width": self.width,
            "height": self.height,
            "expression": self.expression,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PairMeta":
        """Read what `to_json` wrote; raises MetaError that names the missing, unknown or malformed key."""
        _check_keys(data)
        return cls(
            codec_parameters=tuple(_parameter(entry) for entry in _list(data["codec_parameters"], "codec_parameters")),
            colors=tuple(_color_entry(entry) for entry in _list(data["colors"], "colors")),
            task=_str(data["task"], "task"),
            codec=_str(data["codec"], "codec"),
            frame_key=_str(data["frame_key"], "frame_key"),
            template=_str(data["template"], "template"),
            split=_str(data["split"], "split"),
            expression=_str(data["expression"], "expression", MOST_PROMPT),
            seed=_int(data["seed"], "seed", -(2**63), 2**63 - 1),
            width=_int(data["width"], "width", 1, MOST_SIDE),
            height=_int(data["height"], "height", 1, MOST_SIDE),
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """One training sample; the source image is the frame's own.

    key: `{frame key}-{task}-{index:02d}`, without dots, since webdataset cuts keys at the first one.
    target: 8-bit RGB, to be stored without loss.
    """

    key: str
    target: UInt8[np.ndarray, "h w 3"]
    prompt: str
    meta: PairMeta


_MOST_VALUE = sys.float_info.max
_KEYS = frozenset(field.name for field in fields(PairMeta))


def _check_keys(data: Mapping[str, Any]) -> None:
    if not isinstance(data, Mapping):
        raise MetaError("meta.json", "an object", short_repr(data))
    got = set(data)
    if got != _KEYS:
        missing, unknown = sorted(_KEYS - got), short_repr(sorted(got - _KEYS))
        raise MetaError("meta.json", f"the keys {sorted(_KEYS)}", f"missing {missing}, unknown {unknown}")


def _str(value: Any, key: str, most: int = MOST_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise MetaError(f"meta.json, {key}", f"a string of at most {most} characters", short_repr(value))
    return value


def _int(value: Any, key: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise MetaError(f"meta.json, {key}", f"an integer from {low} to {high}", short_repr(value))
    return value


def _bool(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise MetaError(f"meta.json, {key}", "true or false", short_repr(value))
    return value


def _list(value: Any, key: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise MetaError(f"meta.json, {key}", "a list", short_repr(value))
    return value


def _members(value: Any, key: str, keys: Set[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or set(value) != keys:
        raise MetaError(f"meta.json, {key}", f"entries with the keys {sorted(keys)}", short_repr(value))
    return value


def _parameter(value: Any) -> CodecParameter:
    members = _members(value, "codec_parameters", {"name", "value"})
    parameter = members["value"]
    if not isinstance(parameter, int | float) or isinstance(parameter, bool) or not abs(parameter) <= _MOST_VALUE:
        raise MetaError("meta.json, codec_parameters", "values that are finite numbers", short_repr(parameter))
    return CodecParameter(_str(members["name"], "name"), float(parameter))


def _color_entry(value: Any) -> ColorEntry:
    members = _members(value, "colors", {"label", "rgb", "ids", "scored"})
    return ColorEntry(
        label=_str(members["label"], "label"),
        rgb=_rgb(members["rgb"]),
        ids=tuple(_int(i, "ids", 0, MOST_ID) for i in _list(members["ids"], "ids")),
        scored=_bool(members["scored"], "scored"),
    )


def _rgb(value: Any) -> RGB:
    channels = _list(value, "rgb")
    if len(channels) != 3:
        raise MetaError("meta.json, rgb", "three integers from 0 to 255", short_repr(value))
    red, green, blue = (_int(channel, "rgb", 0, 255) for channel in channels)
    return red, green, blue
