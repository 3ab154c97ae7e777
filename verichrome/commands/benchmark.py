"""`verichrome score --benchmark`."""

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from encode import EncodeError
from shards import ShardError
from verichrome.commands.score import missing_choice, print_report
from verichrome.console import progress_bar, say, say_line
from verichrome.errors import UsageError
from verichrome.evaluation import score_benchmark, write_prompts
from verichrome.output_file import check_folder

__all__ = ["run"]


def run(
    name: str | None,
    first: str,
    second: str | None,
    prompts: Path | None,
    missing: str,
    resize: bool,
    out: Path | None,
    dataset_flags: Mapping[str, str | None],
) -> int:
    """Write the prompts of a benchmark, or score the answers to them; 1 where something cannot be used.

    first: the benchmark's folder where prompts are written, else the answers; then `second` is the folder.
    """
    if name is None:
        raise UsageError("--prompts belongs to --benchmark NAME.")
    for flag, value in dataset_flags.items():
        if value is not None:
            raise UsageError(f"{flag} is for data sets, and does not go with --benchmark.")
    console = Console(stderr=True)
    try:
        if prompts is not None:
            if second is not None:
                raise UsageError("--prompts takes the benchmark's folder alone, and no answers.")
            with progress_bar(console, "writing", "prompts") as progress:
                count = write_prompts(name, Path(first), prompts, progress)
            say_line(Console(), f"Wrote {count:,} prompts to {prompts / 'prompts.jsonl'}; answer each as KEY.png.")
            return 0
        if second is None:
            raise UsageError(
                f"Name the answers, then the benchmark's folder: verichrome score ANSWERS ROOT --benchmark {name}; or"
                f" have the prompts written: verichrome score ROOT --benchmark {name} --prompts OUT."
            )
        chosen = missing_choice(missing)
        if out is not None:
            check_folder(out)
        with progress_bar(console, "scoring", "answers") as progress:
            report = score_benchmark(name, first, second, missing=chosen, resize=resize, out=out, progress=progress)
    except (EncodeError, ShardError, OSError) as error:
        say(console, f"Scoring failed: {error}")
        return 1
    print_report(report)
    if out is not None:
        say_line(Console(), f"Wrote {out}: scores.parquet (every answer) and summary.json.")
    return 1 if report.problems else 0
