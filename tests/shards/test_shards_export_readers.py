"""The readers' own code reads the exports, in an environment that uv makes: `pytest -m readers`.

What they need (torch, older versions of other packages) is not in this project's environment, so tests/export_readers
holds scripts that import nothing of the project and print what they read.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from encode import Frame, Pair
from shards import Store
from shards.export import FORMATS, export_dataset
from tests.export_readers.pixels import pixel_digest
from tests.shards.export_sets import export_set, pairs_of_set

pytestmark = [pytest.mark.readers, pytest.mark.timeout(1200)]

SCRIPTS = Path(__file__).parents[1] / "export_readers"
#: Installed without their dependencies: clouds, models, and an older numpy, which their readers of data do without.
ALONE = ("diffsynth==2.1.12", "mosaicml-streaming==0.13.0", "nemo-automodel==0.7.0")
PACKAGES = (
    *("torch>=2.9", "megatron-energon==7.4.1", "litdata==0.2.76", "webshart==0.4.6"),
    *("einops", "imageio", "pandas", "torchvision"),  # of diffsynth
    *("Brotli", "catalogue", "python-snappy", "transformers", "xxhash", "zstd"),  # of mosaicml-streaming
)


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[..., None],
    plain_pairs: Callable[[Frame], tuple[Pair, ...]],
) -> Store:
    return export_set(tmp_path_factory.mktemp("export") / "set", fill, plain_pairs)


def _uv(*arguments: str | Path) -> None:
    uv = os.environ.get("UV") or shutil.which("uv")  # `uv run` sets the first
    assert uv, "run by `uv run pytest -m readers`"
    done = subprocess.run([uv, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Interpreter of the environment."""
    folder = tmp_path_factory.mktemp("readers")
    interpreter = folder / "bin/python"
    _uv("venv", "--python", "3.11", folder)
    _uv("pip", "install", "--python", interpreter, *PACKAGES)
    _uv("pip", "install", "--python", interpreter, "--no-deps", *ALONE)
    return interpreter


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("diffsynth", "read_diffsynth.py"),
        ("energon", "read_energon.py"),
        ("litdata", "read_litdata.py"),
        ("mds", "read_mds.py"),
        ("nemo", "read_nemo.py"),
        ("simpletuner", "read_webshart.py"),
        ("webshart", "read_webshart.py"),
    ],
)
def test_the_reader_finds_every_pair(name: str, script: str, python: Path, store: Store, tmp_path: Path) -> None:
    """The script prints exactly the pairs of the data set, with the pixels that they have."""
    export_dataset(store, Store(tmp_path / "out"), FORMATS[name])
    (tmp_path / "scratch").mkdir()
    done = subprocess.run(
        [python, SCRIPTS / script, tmp_path / "out", tmp_path / "scratch"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "HOME": str(tmp_path / "scratch")},
    )
    assert done.returncode == 0, done.stderr
    printed = [json.loads(line) for line in done.stdout.split("\n") if line.startswith('{"key"')]
    expected = [
        {
            "key": key,
            "split": read.split,
            "prompt": read.prompt,
            "source": pixel_digest(read.source),
            "target": pixel_digest(read.target),
        }
        for key, read in pairs_of_set(store).items()
    ]
    assert sorted(printed, key=lambda line: line["key"]) == expected
