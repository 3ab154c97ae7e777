"""The process that prepares files, which a bad file may crash: `python -P -m render.library.process TASK DESCRIPTOR`.

Reads its requests from the JSON file TASK, and writes a line for each answer to the file descriptor DESCRIPTOR: READY,
then a `PreparationResult` for each request.
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
    """Prepare the files of a task under its limits, and end the process."""
    content = json.loads(Path(task).read_text(encoding="utf-8"))
    requests = [PreparationRequest(**fields) for fields in content["requests"]]
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    watch(content["memory"])  # before confine, which would bind the watchdog too
    confine({folder for request in requests for folder in request.folders}, [str(Path(task).parent)])
    from render.library.prepare import prepare_file  # imports Blender, whose threads are to be confined as well

    with os.fdopen(answers, "w", encoding="utf-8") as out:
        print(READY, file=out, flush=True)
        for request in requests:
            print(json.dumps(asdict(prepare_file(request))), file=out, flush=True)
    os._exit(0)  # Blender may crash or hang on its way out


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
