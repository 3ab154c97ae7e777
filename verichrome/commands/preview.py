"""`verichrome preview`: a small job into a temporary folder, of which only the contact sheet stays."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from verichrome.commands.generate import check_renderer, run_job
from verichrome.configfile import resolve
from verichrome.errors import UsageError
from verichrome.job.finish import PREVIEW_NAME
from verichrome.library import with_library

__all__ = ["preview"]

SMALL = {"scenes": 4, "views": 1, "resolution": 256, "samples": 8, "scenes_per_shard": 1}


def preview(flags: Mapping[str, Any], verbose: bool) -> int:
    """Write the sheet to `out`, preview.png unless another name is given."""
    sheet = Path(flags.get("out", PREVIEW_NAME))
    _check(sheet)
    with tempfile.TemporaryDirectory(prefix="verichrome-preview-") as folder:
        config = resolve(SMALL, flags, {"out": folder})
        check_renderer(config)
        config, library = with_library(config, Console(stderr=True))
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            code = run_job(
                config, verbose, console=Console(stderr=True) if verbose else Console(file=nowhere), library=library
            )
        made = Path(folder) / PREVIEW_NAME
        if made.exists():
            shutil.copyfile(made, sheet)
            Console(stderr=True, soft_wrap=True).print(f"Wrote {sheet}.", highlight=False, markup=False)
    return code


def _check(sheet: Path) -> None:
    if sheet.suffix != ".png" or sheet.is_dir():
        raise UsageError(f"--out must name a .png file for the sheet, got {sheet}.")
    if not sheet.absolute().parent.is_dir() or not os.access(sheet.absolute().parent, os.W_OK):
        raise UsageError(f"{sheet} cannot be written: {sheet.absolute().parent} is no folder to write in.")
