"""Is the blur of an image the one that its seed draws, and its focus where the truth has a surface?"""

from collections.abc import Iterator, Mapping
from typing import Any

from encode import Frame
from encode.reading.short_text import short_repr
from render.focus import focused
from scenes.blur import draw_aperture, draw_shake
from verichrome.versions import installed

__all__ = ["blur_problems"]


def blur_problems(frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """Aperture, focus and shake of scene.json follow from the seed and the depth; other versions may draw otherwise."""
    if any(scene["versions"].get(name) != installed(name) for name in ("verichrome", "numpy")):
        return
    where = (scene["seed"], scene["scene_index"], scene["attempt"], scene["view_index"])
    render = scene["render"]
    if "depth_of_field" in render:
        aperture = draw_aperture(*where)
        focus = focused(aperture, frame.intrinsics, frame.truth.depth, max(frame.truth.shape))
        yield from _differences("depth_of_field", render, aperture.model_dump(mode="json") | focus.record())
    if "motion_blur" in render:
        yield from _differences("motion_blur", render, draw_shake(*where).model_dump(mode="json"))


def _differences(name: str, render: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    got = render[name]
    if not isinstance(got, dict):
        yield f"{name}: expected an object with {', '.join(expected)}, got {short_repr(got)}"
        return
    for key, value in expected.items():
        if got.get(key) != value:
            yield f"{name}: expected {key} {value!r} by seed and depth, got {short_repr(got.get(key))}"
