"""`verichrome preview`: a small job into a temporary folder, of which only the contact sheet stays."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from render.scratch import run_folder
from verichrome.commands.generate import check_renderer, run_job
from verichrome.configfile import resolve
from verichrome.console import say
from verichrome.errors import UsageError
from verichrome.library import with_library
from verichrome.output_file import check_png, write_whole
from verichrome.overview import PREVIEW_NAME

__all__ = ["run"]

SMALL = {"scenes": 4, "views": 1, "resolution": 256, "samples": 8, "scenes_per_shard": 1}


def run(flags: Mapping[str, Any], verbose: bool) -> int:
    """Write the sheet to `out`, preview.png unless another name is given."""
    sheet = Path(flags.get("out", PREVIEW_NAME))
    check_png(sheet)
    with run_folder("preview-") as folder:
        config = resolve(SMALL, flags, {"out": str(folder)})
        check_renderer(config)
        config, library = with_library(config, Console(stderr=True))
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            code = run_job(
                config, verbose, console=Console(stderr=True) if verbose else Console(file=nowhere), library=library
            )
        sheet_made = folder / PREVIEW_NAME
        if sheet_made.exists():
            try:
                write_whole(sheet, sheet_made.read_bytes())
            except OSError as error:
                raise UsageError(f"{sheet} cannot be written: {error.strerror}.") from error
            say(Console(stderr=True), f"Wrote {sheet}.")
    return code
