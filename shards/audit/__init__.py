"""The audit: every byte against its receipt, every frame against the truth contract, every pair decoded.

`audit_dataset` walks a data set and gives an `AuditReport`. What the data set must hold by its configuration is
passed as `Expectations`, since this package does not know the configuration.
"""

from shards.audit.dataset import audit_dataset
from shards.audit.expectations import Expectations, FrameExpectations, PairExpectations, SceneRule
from shards.audit.report import AuditReport, Problem

__all__ = [
    "AuditReport",
    "Expectations",
    "FrameExpectations",
    "PairExpectations",
    "Problem",
    "SceneRule",
    "audit_dataset",
]
