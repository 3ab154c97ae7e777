"""Train on 50, 100, 200 and 400 scenes, and score each on the same held-out scenes.

    python -m examples.tuner.curves DATASET --cpu-minutes 60 --out curves

The held-out scenes are the last 40 that the data set has. `--heldout-data` names pairs of the same frames with held-out
prompts (`verichrome encode --split heldout`), scored as well.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import torch

from examples.tuner.predict import predict
from examples.tuner.train import train
from examples.tuner.views import existing_scenes, read_views


def main() -> None:
    """Print a table of scores for each number of scenes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", metavar="DATASET")
    parser.add_argument("--heldout-data", help="pairs of the same frames with held-out prompts")
    parser.add_argument("--heldout", type=int, default=40, help="scenes, the last ones")
    parser.add_argument("--numbers", type=int, nargs="+", default=[50, 100, 200, 400])
    parser.add_argument("--cpu-minutes", type=float, default=60.0, help="for each training")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    scenes = existing_scenes(options.data)
    if len(scenes) <= options.heldout:
        sys.exit(f"error: {options.data} has {len(scenes)} scenes, {options.heldout} of which are to be held out")
    trained, heldout = scenes[: -options.heldout], range(scenes[-options.heldout], scenes[-1] + 1)
    for number in (n for n in options.numbers if n <= len(trained)):
        folder = options.out / f"{number:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        views = list(read_views(options.data, range(trained[number - 1] + 1)).values())
        model = train(views, cpu_minutes=options.cpu_minutes)
        torch.save(model.state_dict(), folder / "tuner.pt")
        for name, data in (("scenes", options.data), ("prompts", options.heldout_data)):
            if data is not None:
                count = predict(model, data, heldout, folder / name)
                sys.stdout.write(f"\n{number} scenes, held-out {name}, {count} answers\n")
                sys.stdout.flush()
                score = [sys.executable, "-m", "verichrome", "score", str(folder / name), data]
                subprocess.run(
                    [*score, "--frames", options.data, "--missing", "skip", "--out", str(folder / f"{name}-score")],
                    check=True,
                )


if __name__ == "__main__":
    main()
