"""How many threads the linear algebra of numpy and scipy takes."""

import os

__all__ = ["use_one_blas_thread"]

#: What the builds of BLAS that numpy and scipy come with read once, when they are loaded.
_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def use_one_blas_thread() -> None:
    """Let BLAS use one thread, unless the environment says otherwise; only before numpy is imported.

    Its matrices are 3x3 and 4x4 here. Its other threads wait for work in a loop, which takes a third of a command's CPU
    time, from cores that the command's own workers use.
    """
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")
