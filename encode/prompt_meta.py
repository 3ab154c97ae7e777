"""The `meta` with which to decode an answer, from the prompt alone: for images that were not rendered."""

from collections.abc import Mapping

from encode.colors.legend import check_apart
from encode.errors import TaskError
from encode.pair import BACKGROUND, BLACK, RGB, PairMeta
from encode.prompts.parser import ParsedPrompt, parse
from encode.registry import get_task

__all__ = ["meta_of_legend", "meta_of_prompt"]

_LEGEND_TASKS = ("semantic", "referring", "amodal", "instance")


def meta_of_prompt(prompt: str, shape: tuple[int, int]) -> PairMeta:
    """Return the `meta` with which to decode the answer to `prompt`, an image of `shape` (height, width).

    Labels and colours are the prompt's; their ids are counted from 1 and mean nothing. Relative depth (inverse-gray)
    has no span, so that it decodes to 1 at the nearest and +inf at the farthest.

    Raises PromptError for a prompt that does not parse, TaskError for one of a third party's task that fails.
    """
    return _meta(parse(prompt), shape)


def meta_of_legend(
    legend: Mapping[str, RGB], shape: tuple[int, int], *, background: RGB = BLACK, task: str = "semantic"
) -> PairMeta:
    """Return the `meta` with which to decode flat colours requested in your own words.

    legend: colour of each label or phrase; one named `background` wins over the argument. Empty for the task
    `instance`, where colours are the model's choice. shape: height and width of the answer. Decode with
    `get_task("semantic")`, `"referring"`, `"amodal"` or `"instance"`, and give that name here.

    Raises ColorError where colours are under 64 apart, TaskError for a task of other colours.
    """
    if task not in _LEGEND_TASKS:
        raise TaskError("task of a legend", f"one of {', '.join(_LEGEND_TASKS)}", repr(task))
    colors = dict(legend)
    background = colors.pop(BACKGROUND, background)
    check_apart([background, *colors.values()], "legend")
    return _meta(
        ParsedPrompt(task, "flat-colors", "", "", "", legend=tuple(colors.items()), background=background), shape
    )


def _meta(parsed: ParsedPrompt, shape: tuple[int, int]) -> PairMeta:
    decoding = get_task(parsed.task).decoding(parsed)
    return PairMeta(
        task=parsed.task,
        codec=decoding.codec,
        codec_parameters=decoding.parameters,
        frame_key="",
        colors=decoding.colors,
        template=parsed.template,
        split=parsed.split,
        seed=0,
        width=shape[1],
        height=shape[0],
    )
