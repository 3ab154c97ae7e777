"""What the network's answers to a batch cost, by task."""

import torch
from torch.nn import functional

from examples.tuner.lessons import Batch, Mask
from examples.tuner.model import Tuner, compare

__all__ = ["losses"]


def losses(model: Tuner, batch: Batch) -> dict[str, torch.Tensor]:
    """Return the mean loss of each task that the batch teaches."""
    features = model.features(batch.images)
    log, surface, normals = model.surfaces(features)
    queries, pixels = model.masks(features, batch.words)
    return {
        "depth": _metric(log, surface, batch.metres) + _relative(log, batch.nearness),
        "normals": _directions(normals, batch.normals),
        "masks": _masks(queries, pixels, batch.masks),
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


def _masks(queries: torch.Tensor, pixels: torch.Tensor, masks: tuple[tuple[Mask, ...], ...]) -> torch.Tensor:
    """Mean over questions of the cross-entropy of each pixel's label and the overlap of each label's mask."""
    costs = []
    for asked, seen, view in zip(queries.unbind(), pixels.unbind(), masks, strict=True):
        counts = [mask.queries for mask in view]
        # Not of the padding; taken apart in one call, since a slice alone would fill a gradient with zeros.
        logits = compare(asked[: sum(counts)], seen).split(counts)
        costs += [
            _mask(labelled.flatten(1), mask.labels.flatten()) for labelled, mask in zip(logits, view, strict=True)
        ]
    return torch.stack(costs).mean() if costs else queries.sum() * 0


def _mask(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cost of the logits (q, p) of p pixels whose labels are 0 to q; q is the background, whose logit is 0."""
    logs = torch.cat((logits, torch.zeros_like(logits[:1]))).log_softmax(0)
    truth = logs.gather(0, labels[None])[0]
    found, sizes = (logs.new_zeros(len(logs)).index_add(0, labels, x) for x in (truth.exp(), torch.ones_like(truth)))
    dice = 1 - (2 * found + 1) / (logs.exp().sum(1) + sizes + 1)
    return dice[:-1].mean() - truth.mean()
