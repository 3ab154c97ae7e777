"""Synthetic scenes with exact ground truth, painted as RGB targets for image generators.

The command `verichrome` does everything; this is the way to do it from Python:

    config = verichrome.configure(family="shapes", scenes=1, out="out/mine")
    scene = verichrome.render(config, verichrome.sample(config, 0))
    dataset = verichrome.write(config, [scene])

Importing this package loads nothing else: neither numpy nor Blender nor Ray.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verichrome.api import (
        SceneFrames,
        audit,
        configure,
        encode,
        open_dataset,
        render,
        sample,
        score,
        score_predictions,
        write,
    )
    from verichrome.config import Config
    from verichrome.dataset import Dataset
    from verichrome.errors import UsageError
    from verichrome.evaluation import score_benchmark, write_prompts

    __version__: str

__all__ = [
    "Config",
    "Dataset",
    "SceneFrames",
    "UsageError",
    "__version__",
    "audit",
    "configure",
    "encode",
    "open_dataset",
    "render",
    "sample",
    "score",
    "score_benchmark",
    "score_predictions",
    "write",
    "write_prompts",
]

#: The module of each public name, except those of `verichrome.api`.
_MODULES = {
    "Config": "verichrome.config",
    "Dataset": "verichrome.dataset",
    "UsageError": "verichrome.errors",
    "score_benchmark": "verichrome.evaluation",
    "write_prompts": "verichrome.evaluation",
}

if not TYPE_CHECKING:

    def __getattr__(name):
        """Import a name when it is first used."""
        import importlib

        if name == "__version__":
            value = importlib.import_module("importlib.metadata").version("verichrome")
        elif name in __all__:
            value = getattr(importlib.import_module(_MODULES.get(name, "verichrome.api")), name)
        else:
            raise AttributeError(f"module 'verichrome' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
