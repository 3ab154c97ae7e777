"""The audit of one view: its frame is read once, and its pairs are compared with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from encode import EncodeError, Frame, Pair
from encode.reading.shared_member import SharedMember
from shards.audit.across_views import view_problems
from shards.audit.draws import draw_problems, same_draws
from shards.audit.expectations import Expectations, PairExpectations
from shards.audit.frame import frame_problems
from shards.audit.pair import SourceCheck, form_problems, target_problems
from shards.audit.record import read_document, record_contradictions, scene_form_problems
from shards.audit.report import AuditTotals
from shards.audit.scene import config_problems, row_problems, sibling_problems
from shards.errors import ShardError
from shards.frames import member_names, read_frame, read_scene
from shards.pairs import read_pair_without_source, source_suffix
from shards.receipt import PairRow, Receipt

__all__ = ["PairsContext", "ViewAudit"]


@dataclass(frozen=True, slots=True)
class PairsContext:
    """What pairs are compared with besides their frame: the configuration, their receipt, and its rows by key."""

    expectations: PairExpectations | None
    receipt: Receipt | None
    rows: Mapping[str, PairRow]


class ViewAudit:
    """The audit of one view: its frame first, then its pairs.

    shape: its (height, width) by the receipt. specs: the member `spec` of scene.json, of the views of one shard.
    """

    def __init__(
        self,
        key: str,
        members: Mapping[str, bytes],
        receipt: Receipt | None,
        expectations: Expectations,
        totals: AuditTotals,
        specs: SharedMember,
        shape: tuple[int, int] | None = None,
    ) -> None:
        self.key = key
        self._specs = specs
        self._totals = totals
        self._receipt = receipt
        self._expectations = expectations
        self._stored: list[Pair] = []
        self._unread: set[str] = set()
        self._scene: dict[str, Any] | None = None
        self._sound = True
        self._shape = shape
        self._frame: Frame | None = None
        totals.frames += 1
        with totals.guard("frame", key):
            self._read(members)

    def compare(self, before: "ViewAudit | None") -> None:
        """Compare it with the view before, if that is of the same scene."""
        if before is None or before._scene is None or self._scene is None:
            return
        if before._scene["scene_index"] == self._scene["scene_index"]:
            with self._totals.guard("views", self.key):
                details = list(sibling_problems(self._scene, before._scene))
                if self._sound and before._sound and self._frame is not None and before._frame is not None:
                    details += view_problems(self._frame, before._frame)
                for detail in details:
                    self._totals.add_problem("views", self.key, detail)

    def audit_pair(self, key: str, members: Mapping[str, bytes], context: PairsContext) -> None:
        """Check one pair of this view, and decode its target."""
        with self._totals.guard("pair", key):
            self._audit_pair(key, members, context)

    def _audit_pair(self, key: str, members: Mapping[str, bytes], context: PairsContext) -> None:
        try:
            pair = read_pair_without_source(key, members, self._frame.truth.shape if self._frame is not None else None)
            self._stored.append(pair)
            self._totals.tasks[pair.meta.task] += 1
            for check, detail in form_problems(pair, members, context.rows.get(key), context.expectations):
                self._totals.add_problem(check, key, detail)
            if self._frame is None:
                return
            suffix = source_suffix(key, members)
            if problem := self._source.problem(suffix, members[suffix], key):
                self._totals.add_problem("source", key, problem)
            verdict = target_problems(self._frame, pair)
        except ShardError as error:
            self._unread.add(key)
            self._totals.add_problem("pair", key, str(error))
            return
        self._totals.worst_depth_error = max(self._totals.worst_depth_error, verdict.depth_error)
        for detail in verdict.problems:
            self._totals.add_problem(pair.meta.task, key, detail)

    def audit_draws(self, context: PairsContext) -> None:
        """Compare the pairs of this view, after the last of them, with those that the configuration draws."""
        if self._frame is None or context.expectations is None or context.receipt is None:
            return
        same = same_draws(context.receipt.versions, context.expectations)
        with self._totals.guard("draw", self.key):
            try:
                for check, key, detail in draw_problems(self._frame, self._stored, context.expectations, same=same):
                    if key not in self._unread:
                        self._totals.add_problem(check, key, detail)
            except EncodeError as error:
                self._totals.add_problem("frame", self.key, f"no pair can be drawn from it: {error}")

    def _read(self, members: Mapping[str, bytes]) -> None:
        self._check_members(members)
        try:
            scene = read_scene(members, self._specs)
            document = read_document(scene)
            problems = [] if document else scene_form_problems(scene)
            if ("surface" in scene) != ("surface.exr" in members):
                problems.append("expected the key surface beside a surface.exr, and there alone")
            sized = not problems and self._is_expected_size(scene)
            frame = None if not sized else read_frame(members, self._shape, scene, document)
        except ShardError as error:
            self._add_problem("frame", str(error))
            return
        for detail in problems:
            self._add_problem("scene.json", detail)
        if frame is not None:
            self._source = SourceCheck(frame.image, members["image.png"])
            self._frame = frame
            self._check_frame(frame, scene)

    def _is_expected_size(self, scene: Mapping[str, Any]) -> bool:
        """Whether its size is that of config.yaml; else its pixels are not decoded."""
        expectations = self._expectations.frames
        expected = {"width": expectations.width, "height": expectations.height} if expectations is not None else {}
        wrong = [name for name, side in expected.items() if scene[name] != side]
        for name in wrong:
            self._add_problem("config", f"expected {name} {expected[name]} by config.yaml, got {scene[name]}")
        return not wrong

    def _check_frame(self, frame: Frame, scene: dict[str, Any]) -> None:
        if frame.key != self.key:
            self._add_problem("frame", f"expected its own scene.json, got that of {frame.key}")
        problems = list(record_contradictions(scene))
        for detail in problems:
            self._add_problem("scene.json", detail)
        for rule, detail in frame_problems(frame):
            self._sound = False
            self._add_problem(rule, detail)
        if not problems:
            self._scene = scene
            self._check_scene(frame, scene)

    def _check_members(self, members: Mapping[str, bytes]) -> None:
        expectations = self._expectations.frames
        expected = member_names(
            albedo=expectations.albedo if expectations else "albedo.png" in members,
            surface=expectations.surface if expectations else "surface.exr" in members,
            shading=expectations.shading if expectations else "shading.exr" in members,
        )
        if set(members) != expected:
            self._add_problem("frame", f"expected the members {sorted(expected)}, got {sorted(members)}")

    def _check_scene(self, frame: Frame, scene: Mapping[str, Any]) -> None:
        if self._receipt is not None:
            for detail in row_problems(frame, scene, self._receipt):
                self._add_problem("receipt", detail)
        if self._expectations.frames is not None:
            for detail in config_problems(scene, self._expectations.frames):
                self._add_problem("config", detail)
        for name, rule in self._expectations.scene_rules.items():
            for detail in rule(frame, scene):
                self._add_problem(name, detail)

    def _add_problem(self, check: str, detail: str) -> None:
        self._totals.add_problem(check, self.key, detail)
