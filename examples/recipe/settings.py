"""The settings of a tuning run, read from a YAML file; those of peft and bitsandbytes are passed on as they are."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

__all__ = ["Recipe", "TrainingSettings", "read_recipe"]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TrainingSettings(_Section):
    """How long and how fast to learn; a step is one update of the weights, from `accumulate` pairs."""

    steps: int = Field(ge=1)
    accumulate: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    warmup: int = Field(ge=0)
    weight_decay: float = Field(ge=0)
    clip_norm: float = Field(gt=0)
    save_every: int = Field(ge=1)
    shuffle: int = Field(ge=1)
    seed: int


class PaintingSettings(_Section):
    """How to paint answers: denoising steps, and the seed of the noise."""

    steps: int = Field(ge=1)
    seed: int


class Recipe(_Section):
    """A tuning run: which model, how it is quantised, where LoRA goes, how it learns and paints.

    quantization: arguments of `BitsAndBytesConfig` by component of the pipeline. lora: those of peft's `LoraConfig`.
    """

    pipeline: Literal["Flux2KleinPipeline", "QwenImageEditPlusPipeline"]
    model: str
    dtype: Literal["bfloat16", "float32"]
    quantization: dict[Literal["transformer", "text_encoder"], dict[str, Any]]
    lora: dict[str, Any]
    training: TrainingSettings
    painting: PaintingSettings


def read_recipe(path: str | Path, model: str | None = None) -> Recipe:
    """Read a recipe; `model` (a folder, or a name on the hub) replaces the one it names.

    Raises ValueError, one sentence, for a file that is not one.
    """
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        return Recipe.model_validate(content if model is None else {**content, "model": model})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ValueError(f"{path}: {field}: {first['msg']}, not {first['input']!r:.60}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        raise ValueError(f"{path} is no YAML file of settings: {error}") from error
