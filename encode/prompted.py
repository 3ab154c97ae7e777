"""What decoding an answer needs, from the prompt alone: for images that nobody rendered."""

from collections.abc import Mapping

from encode.albedo.codec import NO_SURFACE as NO_ALBEDO
from encode.albedo.codec import SRGB_PARAMETERS
from encode.colors.legend import check_apart
from encode.depth.codec import DEPTH_CODECS, depth_codec
from encode.errors import PromptError, TaskError
from encode.normals.codec import NO_SURFACE, NORMAL_PARAMETERS
from encode.pair import BACKGROUND, RGB, CodecParameter, ColorEntry, PairMeta
from encode.prompts.parser import ParsedPrompt, parse
from encode.segmentation.flat_colors import FLAT_PARAMETERS
from encode.segmentation.instances import INSTANCE_PARAMETERS

__all__ = ["meta_of_legend", "meta_of_prompt"]


def meta_of_prompt(prompt: str, shape: tuple[int, int]) -> PairMeta:
    """The `meta` with which to decode the answer to `prompt`, an image of `shape` (height, width).

    Labels and colours are the prompt's; their ids are counted from 1 and mean nothing. Relative depth (inverse-gray)
    has no span, so that it decodes to 1 at the nearest and +inf at the farthest.

    Raises PromptError for a prompt that does not parse, or that is of a third party's codec.
    """
    return _meta(parse(prompt), shape)


def meta_of_legend(
    legend: Mapping[str, RGB], shape: tuple[int, int], *, background: RGB = (0, 0, 0), task: str = "semantic"
) -> PairMeta:
    """The `meta` with which to decode flat colours asked for in words of your own, an image of `shape` (height, width).

    legend: colour of each label or phrase; one named `background` wins over the argument. Empty for the task
    `instance`, where colours are the model's choice. Decode with `get_task("semantic")`, `"referring"`, `"amodal"` or
    `"instance"`, and give that name here.

    Raises ColorError where colours are under 64 apart, TaskError for a task of other colours.
    """
    if task not in ("semantic", "referring", "amodal", "instance"):
        raise TaskError("task of a legend", "one of semantic, referring, amodal, instance", repr(task))
    entries = dict(legend)
    background = entries.pop(BACKGROUND, background)
    check_apart([background, *entries.values()], "legend")
    parsed = ParsedPrompt(task, "flat-colors", "", "", "", legend=tuple(entries.items()), background=background)
    return _meta(parsed, shape)


def _meta(parsed: ParsedPrompt, shape: tuple[int, int]) -> PairMeta:
    parameters, colors = _decoding(parsed)
    return PairMeta(
        task=parsed.task,
        codec=parsed.codec,
        codec_parameters=parameters,
        frame_key="",
        colors=colors,
        template=parsed.template,
        split=parsed.split,
        seed=0,
        width=shape[1],
        height=shape[0],
    )


def _decoding(parsed: ParsedPrompt) -> tuple[tuple[CodecParameter, ...], tuple[ColorEntry, ...]]:
    if parsed.codec in DEPTH_CODECS:
        given = {p.name: p.value for p in parsed.codec_parameters}
        if parsed.codec == "inverse-gray":
            given = {"inverse_far": 0.0, "inverse_near": 1.0}
        codec = depth_codec(parsed.codec, given)
        return codec.parameters, _nothing(codec.no_surface)
    if parsed.codec == "camera-normals":
        return NORMAL_PARAMETERS, _nothing(NO_SURFACE)
    if parsed.codec == "srgb":
        return SRGB_PARAMETERS, _nothing(NO_ALBEDO)
    if parsed.codec != "flat-colors":
        raise PromptError(f"decoding by the prompt {parsed.template}", "a codec of this package", repr(parsed.codec))
    background = parsed.background or (0, 0, 0)
    if parsed.task == "instance":
        # The instances' colours are the model's choice; an entry with ids there must be.
        return INSTANCE_PARAMETERS, (ColorEntry(BACKGROUND, background, (0,)),)
    legend = [ColorEntry(label, rgb, (number,)) for number, (label, rgb) in enumerate(parsed.legend, start=1)]
    return FLAT_PARAMETERS, (*legend, ColorEntry(BACKGROUND, background, ()))


def _nothing(rgb: RGB) -> tuple[ColorEntry, ...]:
    return (ColorEntry("no surface", rgb, (0,)),)
