"""Scores of decoded answers, with the definitions of the benchmarks, and their summaries over many answers.

All compare two decoded maps, whatever they were decoded from; a `Task` calls them with the frame's truth.
"""

from encode.metrics.albedo import albedo_metrics
from encode.metrics.amodal import amodal_metrics
from encode.metrics.boundary import boundary_metrics, boundary_summary
from encode.metrics.boxes import ClassBoxes, box_metrics, box_summary
from encode.metrics.depth import depth_metrics
from encode.metrics.edges import soft_angular_edge_errors, soft_edge_errors
from encode.metrics.instance import instance_metrics, instance_summary
from encode.metrics.keypoints import keypoint_metrics, keypoint_summary
from encode.metrics.mean import mean_scores
from encode.metrics.normals import normal_metrics
from encode.metrics.panoptic import panoptic_metrics, panoptic_summary
from encode.metrics.points import point_metrics, point_summary
from encode.metrics.referring import referring_metrics, referring_summary
from encode.metrics.semantic import semantic_metrics, semantic_summary
from encode.metrics.shading import shading_metrics

__all__ = [
    "ClassBoxes",
    "albedo_metrics",
    "amodal_metrics",
    "boundary_metrics",
    "boundary_summary",
    "box_metrics",
    "box_summary",
    "depth_metrics",
    "instance_metrics",
    "instance_summary",
    "keypoint_metrics",
    "keypoint_summary",
    "mean_scores",
    "normal_metrics",
    "panoptic_metrics",
    "panoptic_summary",
    "point_metrics",
    "point_summary",
    "referring_metrics",
    "referring_summary",
    "semantic_metrics",
    "semantic_summary",
    "shading_metrics",
    "soft_angular_edge_errors",
    "soft_edge_errors",
]
