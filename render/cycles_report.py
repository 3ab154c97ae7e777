"""Reads what Cycles says of a render: its status lines, and the statistics that it prints at the end."""

import re
from collections.abc import Iterator

__all__ = ["BEGIN", "STATISTICS", "kernel_seconds", "material_seconds", "phase_of_status"]

#: Where the statistics begin in what is printed.
STATISTICS = "Update statistics:"
#: The phase before the first status line: Blender's scene becomes Cycles' scene.
BEGIN = "synchronization"
#: The phase that each status begins, by the start of its text; the first that fits counts.
PHASES = (
    ("Sample", "sampling"),
    ("Loading denoising kernels", "kernels"),
    ("Loading render kernels", "kernels"),
    ("Updating Shaders", "shaders"),
    ("Updating Geometry BVH", "BVH"),
    ("Updating Scene BVH", "BVH"),
    ("Updating Images", "images"),
    ("Updating Lights", "lights"),
    ("Updating Background", "lights"),
    ("Updating", "geometry"),
    ("Finished", "end"),
)
_KERNEL = re.compile(r"^( +)(.+?) *: Total ([0-9.]+)% \(([0-9.]+)s\)")
_MATERIAL = re.compile(r"^  (.+?) *: ([0-9.]+)s \(Relative cost")
#: Shaders that Cycles has names of its own for.
OWN_NAMES = {"default_background": "world", "default_light": "lamps"}
_DIGEST = re.compile(r"-[0-9a-f]{16}$")


def phase_of_status(status: str) -> str:
    """The phase of a render that begins with this status line, such as `Mem: 40M | Updating Shaders`."""
    text = next((part for part in status.split(" | ") if not part.startswith(("Mem:", "Remaining:", "Time:"))), "")
    return next((phase for start, phase in PHASES if text.startswith(start)), BEGIN)


def kernel_seconds(printed: str) -> dict[str, float]:
    """Seconds of all threads together by kernel, from Cycles' statistics of a render on the CPU.

    Keys are Cycles' own names, a part of a kernel after it and a slash; a kernel's seconds hold those of its parts. The
    key "" is the whole. Empty where nothing was printed, as on a GPU.
    """
    seconds: dict[str, float] = {}
    total, kernel = 0.0, ""
    for line in _section(printed, "Kernel statistics:"):
        match = _KERNEL.match(line)
        if match is None:
            continue
        depth, name, share = len(match[1]) // 2, match[2], float(match[3]) / 100
        if depth == 1:
            total = seconds[""] = float(match[4])
            continue
        kernel = name if depth == 2 else kernel
        if share:  # the percentage has more digits than the seconds
            seconds[name if depth == 2 else f"{kernel}/{name}"] = share * total
    return seconds


def material_seconds(printed: str) -> dict[str, float]:
    """Seconds of all threads together in the shaders of each kind of material, and of world and lamps.

    Materials of our own are named by kind and digest, of which the digest is dropped; `world` and `lamps` are the rest.
    """
    seconds: dict[str, float] = {}
    for line in _section(printed, "Shader statistics:"):
        match = _MATERIAL.match(line)
        if match is not None and float(match[2]):
            kind = OWN_NAMES.get(match[1]) or _DIGEST.sub("", match[1]).replace("/", "_")
            seconds[kind] = seconds.get(kind, 0.0) + float(match[2])
    return seconds


def _section(printed: str, title: str) -> Iterator[str]:
    """The indented lines under a title."""
    inside = False
    for line in printed.splitlines():
        if not line.startswith(" "):
            inside = line == title
        elif inside:
            yield line
