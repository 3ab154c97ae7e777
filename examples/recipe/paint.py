"""Paint answers with a tuned editor: KEY.png for each exported pair, as `verichrome score` reads them.

python -m examples.recipe.paint examples/recipe/klein.yaml --lora LORA --data EXPORTED --split heldout --out answers
"""

import argparse
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from encode import write_png
from examples.recipe.editors import Editor, load_editor
from examples.recipe.exported import exported_rows
from examples.recipe.settings import Recipe, read_recipe

__all__ = ["paint_answers"]


def paint_answers(editor: Editor, recipe: Recipe, data: str, split: str, out: Path, pairs: int | None = None) -> int:
    """Write the answers to the first `pairs` of a split; those that exist stay. Returns how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for row in islice(exported_rows(data, split), pairs):
        count += 1
        path = out / f"{row.key}.png"
        if not path.exists():
            generator = torch.Generator().manual_seed(recipe.painting.seed)
            write_png(path, editor.paint(row.source, row.prompt, steps=recipe.painting.steps, generator=generator))
    return count


def main(arguments: list[str] | None = None) -> int:
    """Paint by a recipe; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", metavar="RECIPE.yaml")
    parser.add_argument(
        "--lora", metavar="FOLDER", help="what examples.recipe.train wrote; without it, the model as it is"
    )
    parser.add_argument(
        "--data", required=True, metavar="FOLDER", help="what `verichrome export --format diffusers` wrote"
    )
    parser.add_argument("--split", default="heldout", help="of prompts (heldout)")
    parser.add_argument("--pairs", type=int, metavar="N", help="only the first N")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--model", metavar="FOLDER", help="weights on this machine, instead of the recipe's model")
    parser.add_argument("--device", default="cuda")
    options: Any = parser.parse_args(arguments)
    try:
        recipe = read_recipe(options.recipe, options.model)
        editor = load_editor(recipe, device=options.device, lora=options.lora)
        count = paint_answers(editor, recipe, options.data, options.split, options.out, options.pairs)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    sys.stdout.write(f"{count} answers in {options.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
