"""Train the network on the pairs of a data set.

python -m examples.tuner.train DATASET --scenes 0:400 --minutes 30 --out tuner.pt
"""

import argparse
import sys
import time
from math import cos, pi
from pathlib import Path

import numpy as np
import torch

from examples.tuner.losses import loss_of
from examples.tuner.model import Tuner
from examples.tuner.questions import TASKS, Question
from examples.tuner.views import AskedView, read_views

__all__ = ["scene_range", "train"]


def train(views: list[AskedView], *, minutes: float, steps: int | None = None, batch: int = 12, seed: int = 0) -> Tuner:
    """Return a network trained for so long, or for so many steps, on views of one size."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = Tuner().train()
    rest = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(model.encoder.parameters()), "top": 3e-4}, {"params": rest, "top": 1.5e-3}]
    optimiser = torch.optim.AdamW(groups, lr=1e-3, weight_decay=0.02)
    start, step, shown = time.perf_counter(), 0, 0.0
    mean = dict[str, float]()
    while True:
        elapsed = (time.perf_counter() - start) / 60
        done = step / steps if steps else elapsed / minutes
        if done >= 1:
            return model.eval()
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * min(1, (step + 1) / 50) * 0.5 * (1 + cos(pi * done))
        costs = _costs(model, [views[i] for i in rng.integers(len(views), size=batch)], rng)
        optimiser.zero_grad()
        torch.stack([torch.stack(of).mean() for of in costs.values()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        step += 1
        for task, of in costs.items():
            cost = float(torch.stack(of).detach().mean())
            mean[task] = 0.98 * mean.get(task, cost) + 0.02 * cost
        if elapsed - shown > 0.5 or step == 1:
            shown = elapsed
            losses = "  ".join(f"{task} {cost:.3f}" for task, cost in sorted(mean.items()))
            sys.stdout.write(f"{elapsed:5.1f} min, step {step}: {losses}\n")
            sys.stdout.flush()


def _costs(model: Tuner, views: list[AskedView], rng: np.random.Generator) -> dict[str, list[torch.Tensor]]:
    """Losses by task: a question of each for each view; some views are mirrored, light and colours varied."""
    flips = rng.random(len(views)) < 0.5
    images = [view.image[:, ::-1] if flip else view.image for view, flip in zip(views, flips, strict=True)]
    pixels = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    gain = rng.uniform(0.75, 1.3, (len(views), 1, 1, 1)) * rng.uniform(0.9, 1.1, (len(views), 3, 1, 1))
    features = model.features((pixels * torch.from_numpy(gain).float()).clamp(0, 1))
    costs: dict[str, list[torch.Tensor]] = {}
    for view, feature, flip in zip(views, features, flips, strict=True):
        for task in TASKS:
            asked = [(q, truth) for _, q, truth in view.asked if q.task == task and not (flip and _names_a_side(q))]
            if asked:
                question, truth = asked[rng.integers(len(asked))]
                costs.setdefault(task, []).append(loss_of(model, feature, question, truth, bool(flip)))
    return costs


def _names_a_side(question: Question) -> bool:
    return any(side in entry.label.split() for entry in question.meta.colors for side in ("left", "right"))


def scene_range(text: str) -> range:
    """`0:400` as a range, for argparse."""
    low, _, high = text.partition(":")
    return range(int(low), int(high))


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", metavar="DATASET", help="folder or URL that `verichrome generate` wrote")
    parser.add_argument("--scenes", type=scene_range, help="indices to train on, like 0:400; all if left out")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--steps", type=int, help="end after so many steps instead")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="file for the weights")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    views = list(read_views(options.data, options.scenes).values())
    if not views:
        sys.exit(f"error: {options.data} has no pairs of scenes {options.scenes}")
    sys.stdout.write(f"{len(views)} views, {sum(len(view.asked) for view in views)} pairs\n")
    torch.save(train(views, minutes=options.minutes, steps=options.steps).state_dict(), options.out)


if __name__ == "__main__":
    main()
