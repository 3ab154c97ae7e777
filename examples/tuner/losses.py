"""What the network's answers to a batch cost, by task."""

import torch
from torch.nn import functional

from examples.tuner.lessons import Batch, Mask
from examples.tuner.model import Tuner

__all__ = ["losses"]


def losses(model: Tuner, batch: Batch) -> dict[str, torch.Tensor]:
    """Return the mean loss of each task that the batch teaches."""
    features = model.features(batch.images)
    log, surface, normals = model.surfaces(features)
    logits = model.logits(features, batch.words)
    return {
        "depth": _metric(log, surface, batch.metres) + _relative(log, batch.nearness),
        "normals": _directions(normals, batch.normals),
        "masks": _masks(logits, batch.masks),
    }


def _metric(log: torch.Tensor, surface: torch.Tensor, metres: torch.Tensor) -> torch.Tensor:
    """Error of log depth, and of its shape apart from each view's scale; NaN is unknown."""
    known = ~metres.isnan()
    seen = torch.isfinite(metres)
    there = functional.binary_cross_entropy_with_logits(surface, seen.float(), reduction="none")
    near = seen & (metres > 0.05)
    error = torch.where(near, log - torch.where(near, metres, 1.0).log().clamp(max=6), 0.0)
    pixels = near.sum((1, 2)).clamp(min=1)
    offset = error.sum((1, 2)) / pixels
    shape = torch.where(near, error - offset[:, None, None], 0.0)
    total = error.abs().sum() + shape.abs().sum()
    return 0.3 * (there * known).sum() / known.sum().clamp(min=1) + total / near.sum().clamp(min=1)


def _relative(log: torch.Tensor, nearness: torch.Tensor) -> torch.Tensor:
    """Error of 1 / depth after each view's best scale and offset: all that relative depth says; NaN is unknown."""
    stated = ~nearness.isnan().any(2).any(1)
    if not stated.any():
        return log.sum() * 0
    expected = nearness[stated].flatten(1)
    given = (-log[stated].flatten(1)).clamp(-6, 6).exp()
    spread = given - given.mean(1, keepdim=True)
    wanted = expected - expected.mean(1, keepdim=True)
    scale = (spread * wanted).mean(1, keepdim=True) / (spread**2).mean(1, keepdim=True).clamp(min=1e-6)
    return (scale.detach().clamp(min=0) * spread - wanted).abs().mean()


def _directions(given: torch.Tensor, expected: torch.Tensor) -> torch.Tensor:
    """Mean distance of unit vectors, near the angle between them."""
    there = expected.norm(dim=1) > 0.5
    distance = ((given - expected).square().sum(1) + 1e-4).sqrt()
    return (distance * there).sum() / there.sum().clamp(min=1)


def _masks(logits: torch.Tensor, masks: tuple[tuple[Mask, ...], ...]) -> torch.Tensor:
    """Cross-entropy of each pixel's label, and the overlap of each label's mask."""
    costs = []
    # Taken apart in one call each: a slice alone would fill the gradient of all logits with zeros.
    for view, asked in zip(logits.unbind(), masks, strict=True):
        count = sum(mask.queries for mask in asked)
        parts = view.split([*(mask.queries for mask in asked), len(view) - count])
        for labelled, mask in zip(parts, asked, strict=False):
            scores = torch.cat((labelled, torch.zeros_like(labelled[:1])))
            truth = functional.one_hot(mask.labels, len(scores)).permute(2, 0, 1)[:-1].float()
            given = scores.softmax(0)[:-1]
            overlap = 2 * (given * truth).sum((1, 2)) + 1
            dice = 1 - overlap / (given.sum((1, 2)) + truth.sum((1, 2)) + 1)
            costs.append(functional.cross_entropy(scores[None], mask.labels[None]) + dice.mean())
    return torch.stack(costs).mean() if costs else logits.sum() * 0
