"""The process that prepares files, which a bad file may take down: `python -P -m render.library.process`.

Reads its task from the JSON file that the first argument names, and writes an answer a line to the file descriptor
that the second one names: READY, then a `PreparationResult` for each order.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from render.library.landlock import confine
from render.library.requests import MOST_BYTES, READY, PreparationRequest
from render.watchdog import watch

__all__: list[str] = []


def main(task: str, answers: int) -> None:
    said = json.loads(Path(task).read_text(encoding="utf-8"))
    orders = [PreparationRequest(**entry) for entry in said["orders"]]
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    watch(said["memory"])  # before confine, which would bind the watchdog too
    confine({folder for order in orders for folder in order.folders}, [str(Path(task).parent)])
    from render.library.prepare import prepare  # imports Blender, whose threads are to be confined as well

    with os.fdopen(answers, "w", encoding="utf-8") as out:
        print(READY, file=out, flush=True)
        for order in orders:
            print(json.dumps(asdict(prepare(order))), file=out, flush=True)
    os._exit(0)  # Blender may crash or hang on its way out


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
