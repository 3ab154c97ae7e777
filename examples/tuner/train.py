"""Train the network on the pairs of a data set.

python -m examples.tuner.train DATASET --scenes 0:400 --cpu-minutes 60 --out tuner.pt
"""

import argparse
import sys
import time
from math import cos, pi
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from examples.tuner.lessons import draw_batch, lesson_of
from examples.tuner.losses import losses
from examples.tuner.model import Tuner
from examples.tuner.views import AskedView, read_views

__all__ = ["Progress", "scene_range", "train"]

_WARM_UP_STEPS = 100


class Progress:
    """How much of the time of this process's cores, or of the steps, is used; prints mean losses now and then."""

    def __init__(self, cpu_minutes: float, steps: int | None) -> None:
        self._allowed, self._steps = cpu_minutes, steps
        self._start, self._shown, self._mean = time.process_time(), 0.0, dict[str, float]()
        self.step = 0

    @property
    def minutes(self) -> float:
        """CPU minutes so far."""
        return (time.process_time() - self._start) / 60

    @property
    def share(self) -> float:
        """0 at the start; 1 or more at the end."""
        return self.step / self._steps if self._steps else self.minutes / self._allowed

    def count(self, costs: dict[str, torch.Tensor]) -> None:
        """Count a step."""
        self.step += 1
        for task, cost in costs.items():
            self._mean[task] = 0.98 * self._mean.get(task, float(cost)) + 0.02 * float(cost)
        if self.minutes - self._shown > 1 or self.step == 1:
            self._shown = self.minutes
            means = "  ".join(f"{task} {cost:.3f}" for task, cost in self._mean.items())
            sys.stdout.write(f"{self.minutes:5.1f} CPU minutes, step {self.step}: {means}\n")
            sys.stdout.flush()


def train(
    views: list[AskedView], *, cpu_minutes: float = 60, steps: int | None = None, batch: int = 16, seed: int = 0
) -> Tuner:
    """Return a network trained so long, or for so many steps, on views of one size: the mean of its late weights."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    lessons = [lesson_of(view) for view in views]
    model = Tuner().train()
    optimiser = _optimiser(model)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    progress = Progress(cpu_minutes, steps)
    while progress.share < 1:
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * _rate(progress)
        chosen = rng.choice(len(lessons), batch, replace=len(lessons) < batch)
        costs = losses(model, draw_batch([lessons[i] for i in chosen], rng))
        optimiser.zero_grad()
        torch.stack(list(costs.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        if progress.step < _WARM_UP_STEPS:
            average.n_averaged.zero_()  # the mean begins anew, so that it holds none of the first weights
        average.update_parameters(model)
        progress.count({task: cost.detach() for task, cost in costs.items()})
    trained: Tuner = average.module
    return trained.eval()


def _optimiser(model: Tuner) -> torch.optim.AdamW:
    encoder = [value for value in model.encoder.parameters() if value.requires_grad]
    rest = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "top": 4e-4}, {"params": rest, "top": 2e-3}]
    return torch.optim.AdamW(groups, lr=1e-3, weight_decay=0.02)


def _rate(progress: Progress) -> float:
    """Share of the top learning rate: a warm-up, then half a cosine."""
    return min(1.0, (progress.step + 1) / _WARM_UP_STEPS) * 0.5 * (1 + cos(pi * progress.share))


def scene_range(text: str) -> range:
    """`0:400` as a range, for argparse."""
    low, _, high = text.partition(":")
    return range(int(low), int(high))


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", metavar="DATASET", help="folder or URL that `verichrome generate` wrote")
    parser.add_argument("--scenes", type=scene_range, help="indices to train on, like 0:400; all if left out")
    parser.add_argument("--cpu-minutes", type=float, default=60.0, help="of all threads together")
    parser.add_argument("--steps", type=int, help="end after so many steps instead")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="file for the weights")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    views = list(read_views(options.data, options.scenes).values())
    if not views:
        sys.exit(f"error: {options.data} has no pairs of scenes {options.scenes}")
    sys.stdout.write(f"{len(views)} views, {sum(len(view.asked) for view in views)} pairs\n")
    torch.save(train(views, cpu_minutes=options.cpu_minutes, steps=options.steps).state_dict(), options.out)


if __name__ == "__main__":
    main()
