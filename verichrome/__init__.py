"""Synthetic scenes with exact ground truth, painted as RGB targets for image generators.

The command `verichrome` does everything; this is the way to do it from Python:

    config = verichrome.configure(family="shapes", scenes=1, out="out/mine")
    scene = verichrome.render(config, verichrome.sample(config, 0))
    dataset = verichrome.write(config, [scene])

Importing this package loads nothing else: neither numpy nor Blender nor Ray.
"""

from typing import TYPE_CHECKING

from encode.lazy_import import lazy_names

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
else:
    _imported, __dir__ = lazy_names(__name__, __file__)

    def __getattr__(name):
        """Import a name when it is first used."""
        if name == "__version__":
            from importlib.metadata import version

            return version("verichrome")
        return _imported(name)


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
