"""Decoders may be called from threads that are the first to need SciPy."""

import subprocess
import sys

THREADS = """
import sys, threading
from encode.lazy_import import import_lazily

names = ["scipy.ndimage", "scipy.spatial", "scipy.optimize", "scipy.ndimage", "scipy.optimize", "scipy.spatial"]
start, failures = threading.Barrier(len(names)), []

def first(name):
    start.wait()
    try:
        import_lazily(name)
    except Exception as error:
        failures.append(repr(error))

threads = [threading.Thread(target=first, args=(name,)) for name in names]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
sys.exit("; ".join(failures) or 0)
"""


def test_threads_may_import_scipy_at_once() -> None:
    for _ in range(3):  # without the lock about every other run fails
        done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
