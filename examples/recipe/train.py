"""Tune an image editor by QLoRA on exported pairs.

python -m examples.recipe.train examples/recipe/klein.yaml --data EXPORTED --out LORA
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from diffusers.optimization import get_scheduler
from diffusers.training_utils import cast_training_params
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict

from examples.recipe.editors import Editor, load_editor
from examples.recipe.exported import ExportedRow, exported_rows
from examples.recipe.settings import Recipe, read_recipe

__all__ = ["add_lora", "loss_of", "save_lora", "train"]


def add_lora(editor: Editor, recipe: Recipe) -> list[torch.nn.Parameter]:
    """Put LoRA layers, in float32, on the transformer; return their parameters, the only ones that learn."""
    transformer = editor.pipe.transformer
    transformer.add_adapter(LoraConfig(**recipe.lora))
    transformer.enable_gradient_checkpointing()
    transformer.train()
    cast_training_params(transformer, dtype=torch.float32)
    return [parameter for parameter in transformer.parameters() if parameter.requires_grad]


def loss_of(editor: Editor, row: ExportedRow, generator: torch.Generator) -> torch.Tensor:
    """Flow-matching loss of one pair: squared error of the velocity, at an amount of noise drawn uniformly."""
    target, asked = editor.encode(row.target), editor.ask(row.prompt, row.source)
    noise = torch.randn(target.shape, generator=generator).to(target)
    sigma = torch.rand(1, generator=generator).to(target)
    with torch.autocast(editor.device.type, torch.bfloat16, enabled=target.dtype == torch.bfloat16):
        estimate = editor.velocity((1 - sigma) * target + sigma * noise, sigma, asked)
    return (estimate.float() - (noise - target).float()).square().mean()


def save_lora(editor: Editor, folder: Path) -> None:
    """Write pytorch_lora_weights.safetensors, with peft's settings, as `load_lora_weights` of diffusers reads it."""
    transformer = editor.pipe.transformer
    type(editor.pipe).save_lora_weights(
        folder,
        transformer_lora_layers=get_peft_model_state_dict(transformer),
        transformer_lora_adapter_metadata=transformer.peft_config["default"].to_dict(),
    )


def train(editor: Editor, recipe: Recipe, data: str, out: Path) -> Iterator[tuple[int, float]]:
    """Train; yields each step and its mean loss. Saves every `save_every` steps to out/step-N, and at the end to out.

    Goes on from the state that was saved last (out/state.pt), with the pairs in another order.
    """
    settings = recipe.training
    torch.manual_seed(settings.seed)  # of the LoRA layers' first values
    parameters = add_lora(editor, recipe)
    optimizer = torch.optim.AdamW(parameters, lr=settings.learning_rate, weight_decay=settings.weight_decay)
    schedule = get_scheduler("constant_with_warmup", optimizer, num_warmup_steps=settings.warmup)
    done = _resume(editor, optimizer, schedule, out)
    generator = torch.Generator().manual_seed(settings.seed + done)
    rows = _endless(data, settings.shuffle, settings.seed + done)
    for step in range(done + 1, settings.steps + 1):
        total = 0.0
        for _ in range(settings.accumulate):
            loss = loss_of(editor, next(rows), generator) / settings.accumulate
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(parameters, settings.clip_norm)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % settings.save_every == 0:
            save_lora(editor, out / f"step-{step}")
            state = {"lora": get_peft_model_state_dict(editor.pipe.transformer), "optimizer": optimizer.state_dict()}
            torch.save({**state, "schedule": schedule.state_dict(), "step": step}, out / "state.part")
            (out / "state.part").replace(out / "state.pt")
        yield step, total
    save_lora(editor, out)


def _resume(editor: Editor, optimizer: Any, schedule: Any, out: Path) -> int:
    """Take up what was saved last; return its step, 0 where nothing was."""
    path = out / "state.pt"
    if not path.is_file():
        return 0
    state = torch.load(path, map_location=editor.device, weights_only=True)
    set_peft_model_state_dict(editor.pipe.transformer, state["lora"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


def _endless(data: str, shuffle: int, seed: int) -> Iterator[ExportedRow]:
    """The pairs of `train` over and over, each time in another order."""
    while True:
        count = 0
        for row in exported_rows(data, "train", shuffle=shuffle, seed=seed):
            count += 1
            yield row
        if not count:
            raise ValueError(f"{data} has no pairs in its split train")
        seed += 1


def main(arguments: list[str] | None = None) -> int:
    """Train by a recipe; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", metavar="RECIPE.yaml")
    parser.add_argument(
        "--data", required=True, metavar="FOLDER", help="what `verichrome export --format diffusers` wrote"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="for the LoRA weights")
    parser.add_argument("--model", metavar="FOLDER", help="weights on this machine, instead of the recipe's model")
    parser.add_argument("--device", default="cuda")
    options: Any = parser.parse_args(arguments)
    try:
        recipe = read_recipe(options.recipe, options.model)
        editor = load_editor(recipe, device=options.device)
        for step, loss in train(editor, recipe, options.data, options.out):
            sys.stdout.write(f"step {step} of {recipe.training.steps}, loss {loss:.4f}\n")
            sys.stdout.flush()
    except (ValueError, OSError) as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
