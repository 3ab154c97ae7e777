"""Prompts in the forms that the paper and its reproductions publish, word for word: what they ask for is read back."""

import pytest

from encode import parse
from encode.pair import RGB

MAPPING = "Generate a segmentation visualization of this image, using the color mapping:"
RED, YELLOW, BLACK, BLUE = (255, 0, 0), (255, 255, 0), (0, 0, 0), (0, 0, 255)


@pytest.mark.parametrize(
    ("prompt", "legend", "background"),
    [
        (MAPPING + " {'cat': 'red', 'background': 'yellow'}", {"cat": RED}, YELLOW),
        (MAPPING + ' {"cat": "red", "background": "yellow"}', {"cat": RED}, YELLOW),
        (MAPPING + " {'person': <255, 165, 0>, 'sky': (255, 255, 0)}", {"person": (255, 165, 0), "sky": YELLOW}, BLACK),
        (MAPPING + ' {"person": RGB(88, 50, 82)}', {"person": (88, 50, 82)}, BLACK),
        (MAPPING + " {grass: #80C000, road: #10aa05}", {"grass": (128, 192, 0), "road": (16, 170, 5)}, BLACK),
        (MAPPING + " {'wall': 'light purple'}", {"wall": (200, 150, 255)}, BLACK),
        (
            "this image is a per-pixel class labelling of the input; the cats are (255, 0, 0); the sky is (0, 0, 255)",
            {"cats": RED, "sky": BLUE},
            BLACK,
        ),
        (
            "This image is a per-pixel class labeling of the input; the cats are (255, 0, 0); the background is black.",
            {"cats": RED},
            BLACK,
        ),
        ("Paint cat in red and the background in yellow.", {"cat": RED}, YELLOW),
    ],
)
def test_semantic_prompts(prompt: str, legend: dict[str, RGB], background: RGB) -> None:
    parsed = parse(prompt)
    assert parsed.task == "semantic"
    assert dict(parsed.legend) == legend
    assert parsed.background == background


@pytest.mark.parametrize(
    ("prompt", "legend", "background"),
    [
        ("Segment the red mug on the left in green.", {"the red mug on the left": (0, 255, 0)}, BLACK),
        (
            "Segment the mug on the left in red and the other ones in blue.",
            {"the mug on the left": RED, "the other ones": BLUE},
            BLACK,
        ),
        (
            "Segment the third mug from the left in #FF0000, on a black background.",
            {"the third mug from the left": RED},
            BLACK,
        ),
        ("Mask all the mugs that are not red in <255, 0, 0>. The background is white.", None, (255, 255, 255)),
    ],
)
def test_referring_prompts(prompt: str, legend: dict[str, RGB], background: RGB) -> None:
    parsed = parse(prompt)
    assert parsed.task == "referring"
    assert dict(parsed.legend) == (legend or {"all the mugs that are not red": RED})
    assert parsed.background == background


def test_an_instance_prompt_names_one_class_and_leaves_the_colors_open() -> None:
    parsed = parse("Segment every cat separately, each in a different color, on a black background.")
    assert (parsed.task, parsed.label, parsed.colors, parsed.background) == ("instance", "cat", (), BLACK)


def test_british_spelling_and_a_missing_full_stop_are_read() -> None:
    here = "A flat-color mask for each mug; no two share a color, and everything else is black."
    there = "a flat-colour mask for each mug; no two share a colour, and everything else is black"
    assert parse(here) == parse(there)
    assert parse("generate a metric depth map of this image with the grey colour map").codec == "gray"
    meters = (
        "Visualise absolute depth in metres using viridis: the low end of the colourmap is at the camera and the high"
    )
    assert parse(f"{meters} end is infinity").codec == "viridis"
