"""A training sample, and its facts in `meta.json`."""

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from jaxtyping import UInt8

from encode.errors import MetaError
from encode.reading.limits import MOST_ID, MOST_MARK, MOST_PROMPT, MOST_SIDE
from encode.schema import Key, read_record, record_json

__all__ = [
    "BACKGROUND",
    "BLACK",
    "LINE_WIDTH",
    "RADIUS",
    "RGB",
    "CodecParameter",
    "ColorEntry",
    "Decoding",
    "Pair",
    "PairMeta",
    "no_surface_entry",
]

RGB = tuple[int, int, int]

#: Label of the entry that gives the colour of all other pixels.
BACKGROUND = "background"

#: The background colour unless the prompt or meta gives another.
BLACK: RGB = (0, 0, 0)

#: The codec parameters that hold the width of painted lines, and the radius of dots, pixels.
LINE_WIDTH, RADIUS = "line_width", "radius"


@dataclass(frozen=True, slots=True)
class CodecParameter:
    """One number that the decoder needs besides the prompt."""

    name: Annotated[str, Key("of the parameter")]
    value: Annotated[float, Key("of the parameter, as a float")]


@dataclass(frozen=True, slots=True)
class ColorEntry:
    """The meaning of one colour of the target.

    ids: category ids for the semantic task, those of surface.exr for parts and materials, instance ids else; empty for
        the background, for classes that the scene does not have, for colours of a panoptic prompt that no instance has,
        and for phrases that nothing is like. 0 for the background where no other entry has ids, and for a panoptic
        class that shows without a surface (sky).
    scored: false for an instance too small or too thin for any decoder.
    """

    label: Annotated[str, Key("what the colour is called in the prompt; `background` without ids is all the rest")]
    rgb: Annotated[RGB, Key("0 to 255", 0, 255)]
    ids: Annotated[
        tuple[int, ...],
        Key(
            "category ids for semantic, ids of `surface` for parts and materials, instance ids else (panoptic: of all"
            " objects of a stuff class, 0 where it shows without a surface); 0 for `no surface`, and for the background"
            " of an empty target",
            0,
            MOST_ID,
        ),
    ]
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
        Key(
            "`depth`, `normals`, `semantic`, `instance`, `referring`, `amodal`, `albedo`, `reasoning`, `interactive`,"
            " `parts`, `materials`, `boxes`, `points`, `keypoints`, `edges`, `panoptic`, `shading`, or a third party's"
        ),
    ]
    codec: Annotated[
        str,
        Key(
            "`cube-walk`, `plasma`, `inferno`, `viridis`, `gray`, `inverse-gray`, `log-gray`, `relative-log-gray`;"
            " `camera-normals`; `flat-colors`; `outlines`, `outlines-over-image`; `dots`; `srgb`; `log-shading`"
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
    seed: Annotated[
        int, Key("what the prompt, the colours and the choice of classes were drawn from", -(2**63), 2**63 - 1)
    ]
    width: Annotated[int, Key("pixels", 1, MOST_SIDE)]
    height: Annotated[int, Key("pixels", 1, MOST_SIDE)]
    expression: Annotated[
        str,
        Key(
            "referring, amodal, reasoning, interactive, boxes by phrases and keypoints of one person: the structured"
            " form as JSON; parts: that of its phrase, and the ids of the `objects` that it picks; semantic in the"
            ' classes of a standard label set: `{"label_set": "COCO"}`; else `""`',
            characters=MOST_PROMPT,
        ),
    ] = ""

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

    @property
    def asked(self) -> ColorEntry:
        """The entry of what a prompt for one mask asks for; raises MetaError where there is only a background."""
        if not self.foreground:
            raise MetaError(f"meta of {self.frame_key}", "an entry besides the background", "none")
        return self.foreground[0]

    def parameter(self, name: str) -> float:
        """Value of the codec parameter `name`; raises MetaError when there is none."""
        for parameter in self.codec_parameters:
            if parameter.name == name:
                return parameter.value
        names = ", ".join(sorted(parameter.name for parameter in self.codec_parameters))
        raise MetaError(f"codec parameters of {self.codec}", f"one named {name!r}", names)

    def mark_size(self, name: str) -> int:
        """Value of the codec parameter `name`, the width of lines or the radius of dots, in whole pixels.

        Raises MetaError where there is none, or where it is not from 1 to MOST_MARK.
        """
        value = self.parameter(name)
        if not 1 <= value <= MOST_MARK:
            raise MetaError(f"{name} of {self.codec}", f"1 to {MOST_MARK} pixels", repr(value))
        return round(value)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, keys and types exactly as docs/formats.md lists them."""
        return record_json(self)

    @classmethod
    def from_json(cls, data: Any) -> "PairMeta":
        """Read what `to_json` wrote; raises MetaError that names the missing, unknown or malformed key."""
        return read_record(cls, data, "meta.json", complete=True, error=MetaError)


@dataclass(frozen=True, slots=True)
class Pair:
    """One training sample; the source image is the frame's own.

    key: `{frame key}-{task}-{index:02d}`, without dots, since webdataset cuts keys at the first one.
    target: 8-bit RGB, to be stored without loss.
    answer: text that stands before the image in an answer, "" for none.
    source2: a second source image of the same size, None for none; one that is all black is the same as none.
    The last two are for tasks that declare them (`encode.extra_members`).
    """

    key: str
    target: UInt8[np.ndarray, "h w 3"]
    prompt: str
    meta: PairMeta
    answer: str = ""
    source2: UInt8[np.ndarray, "h w 3"] | None = None
