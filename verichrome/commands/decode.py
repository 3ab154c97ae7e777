"""`verichrome decode`: writes painted images as numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from encode import (
    EncodeError,
    FormatError,
    PairMeta,
    asks_for_text,
    get_task,
    meta_of_answer,
    meta_of_legend,
    meta_of_prompt,
    meta_of_task,
    read_legend_text,
    read_rgb,
    task_names,
)
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_PROMPT
from encode.reading.short_text import short_repr
from verichrome.console import progress_bar, say, say_line
from verichrome.decoded_file import FORMATS, decoded_files, default_format
from verichrome.decoded_map import decode_image
from verichrome.errors import UsageError
from verichrome.output_file import check_folder, refusal_reason, write_files

__all__ = ["run"]

_MOST_META_BYTES = 1 << 20


def run(
    images: Sequence[Path],
    task: str | None,
    meta: Path | None,
    prompt: str | None,
    legend: str | None,
    out: Path,
    suffix: str | None,
    confidence: bool,
) -> int:
    """Decode each image into a file; 1 where one cannot be read."""
    template = _meta(task, meta, prompt, legend)
    _check_files(images)
    folder, names, suffix = _outputs(images, out, suffix)
    console = Console(stderr=True)
    failed, written = 0, 0
    with progress_bar(console, "decoding", "images") as progress:
        for number, (path, name) in enumerate(zip(images, names, strict=True), start=1):
            try:
                rgb = read_rgb(path)
                found = _answered(template, path)
                decoded = decode_image(
                    rgb, replace(found, height=rgb.shape[0], width=rgb.shape[1]), confidence=confidence
                )
                files = decoded_files(decoded, name, suffix or default_format(decoded.kind))
                write_files(folder, files)
                written += len(files)
            except OSError as error:
                say(console, f"{error.filename or path}: {error.strerror or error}")
                failed += 1
            except EncodeError as error:
                say(console, str(error))
                failed += 1
            progress(number, len(images))
    if len(images) > 1 or confidence:
        say_line(console, f"Wrote {written} files to {folder}; {failed} of {len(images)} images could not be decoded.")
    return 1 if failed else 0


def _answered(meta: PairMeta, image: Path) -> PairMeta:
    """The decoding by the answer's own text, NAME.txt beside the image, where the prompt asks for one."""
    if not asks_for_text(meta):
        return meta
    path = image.with_suffix(".txt")
    if not path.is_file():
        raise FormatError(str(image), f"the answer's text in {path.name} beside it", "no such file")
    with open(path, "rb") as stream:
        return meta_of_answer(meta, stream.read(4 * MOST_PROMPT).decode(errors="replace"))


def _check_files(images: Sequence[Path]) -> None:
    """Raise UsageError, before anything is written, where an image is not a file."""
    absent = [path for path in images if not path.is_file()]
    if absent:
        rest = f" and {len(absent) - 1:,} more" if len(absent) > 1 else ""
        raise UsageError(f"Images must be files, and {absent[0]}{rest} {'are' if rest else 'is'} not.")


def _meta(task: str | None, meta: Path | None, prompt: str | None, legend: str | None) -> PairMeta:
    """The decoding that the options describe; the image size in it is a placeholder."""
    given = [
        name for name, value in (("--meta", meta), ("--prompt", prompt), ("--legend", legend)) if value is not None
    ]
    option = given[0] if given else "--task"
    if len(given) > 1:
        raise UsageError(f"One of --meta, --prompt and --legend says how to decode, got {' and '.join(given)}.")
    if task is not None and task not in task_names():
        raise UsageError(f"--task must be one of {', '.join(task_names())}, got {short_repr(task)}.")
    try:
        found = _found_meta(task, meta, prompt, legend)
    except EncodeError as error:
        raise UsageError(f"{option}: {error}.") from error
    if task is not None and found.task != task:
        raise UsageError(f"--task is {task}, and {option} is of the task {found.task}.")
    try:
        get_task(found.task)
    except EncodeError as error:
        raise UsageError(f"{option}: {error}.") from error
    return found


def _found_meta(task: str | None, meta: Path | None, prompt: str | None, legend: str | None) -> PairMeta:
    size = (1, 1)
    if meta is not None:
        try:
            with open(meta, "rb") as stream:
                content = stream.read(_MOST_META_BYTES + 1)
        except OSError as error:
            raise UsageError(f"--meta {meta} cannot be read: {error.strerror}.") from error
        return PairMeta.from_json(read_json(content, str(meta), _MOST_META_BYTES))
    if prompt is not None:
        return meta_of_prompt(prompt, size)
    if legend is not None:
        return meta_of_legend(read_legend_text(legend), size, task=task or "semantic")
    if task is None:
        raise UsageError("Name what the images show: --task, --meta, --prompt or --legend.")
    return meta_of_task(task, size)


def _outputs(images: Sequence[Path], out: Path, suffix: str | None) -> tuple[Path, list[str], str | None]:
    """The folder, the name of each output file without its suffix, and the suffix where it is known."""
    if suffix is not None and suffix not in FORMATS:
        raise UsageError(f"--format must be one of {', '.join(FORMATS)}, got {short_repr(suffix)}.")
    own = out.suffix.lower().removeprefix(".")
    if len(images) == 1 and not out.is_dir() and own in FORMATS:
        if suffix not in (None, own):
            raise UsageError(f"--out {out} and --format {suffix} do not agree.")
        folder = out.parent
        if not folder.is_dir():
            raise UsageError(f"{out} cannot be written: {folder} is not a folder.")
        if refusal := refusal_reason(folder):
            raise UsageError(f"{out} cannot be written: {folder} takes no files ({refusal}).")
        return folder, [out.name[: -len(out.suffix)]], own
    if own and not out.is_dir() and (own in FORMATS or len(images) == 1):
        expected = "a folder for several images" if own in FORMATS else f"a file that ends in .{', .'.join(FORMATS)}"
        raise UsageError(f"--out must be {expected}, got {out}.")
    names = [path.stem for path in images]
    doubled = next((name for name, count in Counter(names).items() if count > 1), None)
    if doubled is not None:
        raise UsageError(f"Two images are named {short_repr(doubled)}, so that one output would replace the other.")
    check_folder(out)
    return out, names, suffix
