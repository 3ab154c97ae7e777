"""What an answer costs, by task."""

import torch
from torch.nn import functional

from examples.tuner.model import Tuner
from examples.tuner.questions import Question, Truth2D

__all__ = ["loss_of"]


def loss_of(model: Tuner, features: torch.Tensor, question: Question, truth: Truth2D, flipped: bool) -> torch.Tensor:
    """Return the loss of one question, from the features (c, h, w) of its view; `flipped`: left and right swapped."""
    values = torch.from_numpy(truth.values[:, ::-1].copy() if flipped else truth.values)
    match question.task:
        case "depth":
            log, surface = (part[0] for part in model.depth(features[None]))
            return _relative(log, values) if truth.relative else _metric(log, surface, values)
        case "normals":
            expected = values.permute(2, 0, 1) * torch.tensor([-1.0 if flipped else 1.0, 1.0, 1.0])[:, None, None]
            there = expected.norm(dim=0) > 0.5
            cosine = (model.normals(features[None])[0] * expected).sum(0)[there]
            return 2 * (1 - cosine).mean() if there.any() else features.sum() * 0
        case "semantic":
            logits = model.semantic(features, torch.from_numpy(question.words))
            return functional.cross_entropy(logits[None], values[None].long())
        case _:
            logits = model.referring(features, torch.from_numpy(question.words))
            masks = torch.stack([values == label for label in range(len(logits))]).float()
            return _mask(logits, masks)


def _metric(log: torch.Tensor, surface: torch.Tensor, metres: torch.Tensor) -> torch.Tensor:
    """Error of log depth, and of its shape apart from scale."""
    seen = torch.isfinite(metres)
    cost = 0.3 * functional.binary_cross_entropy_with_logits(surface, seen.float())
    near = seen & (metres > 0.05)
    if near.any():
        error = log[near] - metres[near].log().clamp(max=6)
        cost = cost + error.abs().mean() + (error - error.mean()).abs().mean()
    return cost


def _relative(log: torch.Tensor, depth: torch.Tensor) -> torch.Tensor:
    """Error of 1 / depth after the best scale and offset: all that relative depth says."""
    expected = 1 / depth.flatten().clamp(min=1)
    given = (-log.flatten()).clamp(-6, 6).exp()
    spread = given - given.mean()
    scale = (spread * (expected - expected.mean())).mean() / (spread**2).mean().clamp(min=1e-6)
    return (scale.detach().clamp(min=0) * spread + expected.mean() - expected).abs().mean() * 2


def _mask(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    given = logits.sigmoid()
    overlap = 2 * (given * masks).sum((1, 2)) + 1
    dice = 1 - overlap / (given.sum((1, 2)) + masks.sum((1, 2)) + 1)
    return functional.binary_cross_entropy_with_logits(logits, masks) + dice.mean()
