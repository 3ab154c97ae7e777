"""What is written is deterministic: nothing that varies from run to run is used in scenes/, encode/ and shards/."""

import functools
from pathlib import Path

import pytest

from tests.determinism.rules import breaches

ROOT = Path(__file__).parents[2]

#: Exceptions: file, name, and why it cannot reach a shard.
ALLOWED: dict[tuple[str, str], str] = {
    ("encode/lazy_import.py", "threading"): "a lock around an import that is put off; it decides nothing",
    ("scenes/base.py", "hash"): "the hash of a spec, which is only looked up and never put in order",
    (
        "scenes/tessellation/dispatch.py",
        "id",
    ): "the hash of a cache's key, which is only looked up and never put in order",
    ("shards/prefetch.py", "concurrent"): "reads alone, whose results are given in the order of what was asked",
    ("shards/export/formats/energon.py", "tempfile"): "a folder for a database that is copied under a fixed name",
    ("shards/export/part_writer.py", "concurrent"): "uploads of separate files, all done before the part's record",
    ("shards/folder.py", "os.scandir"): "a folder that is open as a descriptor; the names are sorted",
    ("shards/gallery/gallery.py", "threading"): "a lock for browsers that ask at once; the gallery only reads",
    ("shards/gallery/request_handler.py", "socket"): "answers a browser; nothing of it reaches a shard",
    ("shards/gallery/deadline_reader.py", "socket"): "reads what a browser asks; nothing of it reaches a shard",
    ("shards/gallery/lru_cache.py", "threading"): "a lock around a cache of what was read; it decides nothing",
    ("shards/gallery/server.py", "socket"): "listens for a browser; nothing of it reaches a shard",
    ("shards/gallery/server.py", "threading"): "counts the browsers that are served at once; it only reads",
    ("shards/gallery/tar_index.py", "threading"): "a lock around the headers of a tar that is read",
    ("shards/gallery/statistics_routes.py", "threading"): "a lock, so that two who ask wait for one count",
    ("shards/spawned_map.py", "concurrent"): "pool.map gives the results in the order of what was asked",
    ("shards/spawned_map.py", "multiprocessing"): "says how those processes start",
    ("shards/temporary.py", "socket"): "names a temporary, which is renamed or removed",
    ("shards/temporary.py", "os.getpid"): "names a temporary, which is renamed or removed",
    ("shards/temporary.py", "tempfile"): "a file without a name, uploaded under a fixed one",
    ("shards/temporary.py", "os.listdir"): "each dead temporary is removed, in any order",
}


@functools.cache
def breaches_of(package: str) -> dict[tuple[str, str], str]:
    """Every breach in a package, with the line where it stands."""
    return {
        (path.relative_to(ROOT).as_posix(), breach.name): f"line {breach.line}: {breach.reason}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for breach in breaches(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("package", ["scenes", "encode", "shards"])
def test_nondeterministic_names_are_not_used(package: str) -> None:
    assert {key: why for key, why in breaches_of(package).items() if key not in ALLOWED} == {}


def test_every_exception_is_needed_and_explained() -> None:
    used = breaches_of("scenes") | breaches_of("encode") | breaches_of("shards")
    assert [key for key in ALLOWED if key not in used] == []
    assert all(len(reason.split()) > 4 for reason in ALLOWED.values())


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "from random import choice",
        "import numpy as np\nnp.random.seed(3)",
        "from numpy.random import default_rng\ndefault_rng()",
        "import numpy as np\nnp.random.Generator(np.random.PCG64(None))",
        "import time\nstamp = time.time()",
        "from time import time as now\nnow()",
        "from datetime import datetime",
        "import uuid",
        "import os\nos.environ['SEED']",
        "import os\nos.cpu_count()",
        "from concurrent.futures import ThreadPoolExecutor",
        "key = hash(name)",
        "order = sorted(things, key=id)",
        "import os\nnames = os.listdir(folder)",
        "for path in folder.glob('*.png'): pass",
        "paths = [path for path in folder.iterdir()]",
        "for name in {'a', 'b'}: pass",
        "for name in set(names): pass",
        "names = list(set(names))",
        "names = tuple({n for n in names})",
        "kinds = {a, b}\nrows = [row(kind) for kind in kinds]",
        "def f(kinds: set[str]):\n    return ','.join(kinds)",
        "def f(kinds: frozenset[str]):\n    yield from kinds",
        "names = [*set(a), *b]",
        "for name in set(a) - set(b): pass",
        "for name in known.intersection(a) if 0 else set(a).union(b): pass",
        "total = sum(set(weights))",
    ],
)
def test_nondeterministic_code_is_reported(source: str) -> None:
    assert breaches(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "from scenes.draw import stream\nrng = stream(seed, 'name')\nrng.random()",
        "import time\nstart = time.perf_counter()",
        "import numpy as np\nrng = np.random.default_rng(seed)",
        "for name in sorted({'a', 'b'}): pass",
        "for path in sorted(folder.glob('*.png')): pass",
        "paths = sorted(path for path in folder.rglob('*') if path.is_file())",
        "known = {row.id for row in rows}\nif 3 in known: pass",
        "both = {*a, *b}\nsmall = min(set(a))",
        "merged = {n for n in set(a)}",
        "names = [name for name in dict.fromkeys(a)]",
        "id = 3\nrow = id + 1",
        "ok = all(name in known for name in set(a))",
        "row.id = 3\nthing.hash = 4",
    ],
)
def test_deterministic_code_passes(source: str) -> None:
    assert breaches(source) == []
