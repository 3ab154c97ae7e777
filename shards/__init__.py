"""Frames and pairs in a folder or an object store: write, commit, read, manifest, card, audit, contact sheet.

Imports `encode` and no other package of the project; needs neither Blender nor Ray, and runs on Python 3.11.
"""

from typing import TYPE_CHECKING

from encode.lazy_import import lazy_names

if TYPE_CHECKING:
    from encode.reading.short_text import printable, size_text
    from shards.audit import audit_dataset
    from shards.audit.expectations import Expectations, FrameExpectations, PairExpectations, SceneRule
    from shards.audit.report import AuditReport, Problem
    from shards.errors import BadSample, DamagedShard, ShardError, StoreError, WriteRefused
    from shards.frames import frame_members, member_names, read_frame, read_scene
    from shards.images import SourceFormat, encode_image
    from shards.layout import Kind, ShardIndex
    from shards.manifest import write_manifest
    from shards.pairs import StoredPair, pair_members, read_pair
    from shards.reader import iter_frames, iter_frames_of, iter_pairs, iter_shard
    from shards.receipt import FailureRow, FrameRow, PairRow, Receipt, RejectionRow, SceneRow
    from shards.receipts import CommittedShards, committed, committed_shards, read_receipt, read_receipts
    from shards.store import Store
    from shards.summary.card import CardText, Counts, write_card
    from shards.summary.sheet import SheetView, contact_sheet, sheet_of_images, sheet_of_views, view_of
    from shards.writer import ShardWriter
else:
    __getattr__, __dir__ = lazy_names(__name__, __file__)

__all__ = [
    "AuditReport",
    "BadSample",
    "CardText",
    "CommittedShards",
    "Counts",
    "DamagedShard",
    "Expectations",
    "FailureRow",
    "FrameExpectations",
    "FrameRow",
    "Kind",
    "PairExpectations",
    "PairRow",
    "Problem",
    "Receipt",
    "RejectionRow",
    "SceneRow",
    "SceneRule",
    "ShardError",
    "ShardIndex",
    "ShardWriter",
    "SheetView",
    "SourceFormat",
    "Store",
    "StoreError",
    "StoredPair",
    "WriteRefused",
    "audit_dataset",
    "committed",
    "committed_shards",
    "contact_sheet",
    "encode_image",
    "frame_members",
    "iter_frames",
    "iter_frames_of",
    "iter_pairs",
    "iter_shard",
    "member_names",
    "pair_members",
    "printable",
    "read_frame",
    "read_pair",
    "read_receipt",
    "read_receipts",
    "read_scene",
    "sheet_of_images",
    "sheet_of_views",
    "size_text",
    "view_of",
    "write_card",
    "write_manifest",
]
