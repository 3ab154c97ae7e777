"""One view under audit: its frame is read once, and its pairs are held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from encode import EncodeError, Frame, Pair
from shards.audit.across_views import view_problems
from shards.audit.draws import draw_problems, same_draws
from shards.audit.expectations import Expectations, PairExpectations
from shards.audit.frame import frame_problems
from shards.audit.guard import one_line
from shards.audit.pair import SourceCheck, answer_problems, form_problems
from shards.audit.record import record_contradictions, scene_form_problems
from shards.audit.report import Tally
from shards.audit.scene import config_problems, row_problems, sibling_problems
from shards.errors import ShardError
from shards.frames import read_frame, read_scene
from shards.pairs import read_answer, source_suffix
from shards.receipt import PairRow, Receipt

__all__ = ["PairsContext", "View"]

_MEMBERS = frozenset({"image.png", "truth.exr", "scene.json"})


@dataclass(frozen=True, slots=True)
class PairsContext:
    """What pairs are judged by beside their frame: the configuration, their receipt, and its rows by key."""

    expectations: PairExpectations | None
    receipt: Receipt | None
    rows: Mapping[str, PairRow]


class View:
    """A view, kept while its pairs are audited. `shape` is its (height, width) by the receipt."""

    def __init__(
        self,
        key: str,
        members: Mapping[str, bytes],
        receipt: Receipt | None,
        expectations: Expectations,
        tally: Tally,
        shape: tuple[int, int] | None = None,
    ) -> None:
        self.key = key
        self._tally = tally
        self._receipt = receipt
        self._expectations = expectations
        self._stored: list[Pair] = []
        self._unread: set[str] = set()
        self._scene: dict[str, Any] | None = None
        self._sound = True
        self._shape = shape
        self._frame: Frame | None = None
        tally.frames += 1
        with one_line(tally, "frame", key):
            self._read(members)

    def compare(self, before: "View | None") -> None:
        """Hold it against the view before, where that is of the same scene."""
        if before is None or before._scene is None or self._scene is None:
            return
        if before._scene["scene_index"] == self._scene["scene_index"]:
            with one_line(self._tally, "views", self.key):
                details = list(sibling_problems(self._scene, before._scene))
                if self._sound and before._sound and self._frame is not None and before._frame is not None:
                    details += view_problems(self._frame, before._frame)
                for detail in details:
                    self._tally.blame("views", self.key, detail)

    def audit_pair(self, key: str, members: Mapping[str, bytes], context: PairsContext) -> None:
        """Check one pair of this view, and decode its target."""
        with one_line(self._tally, "pair", key):
            self._audit_pair(key, members, context)

    def _audit_pair(self, key: str, members: Mapping[str, bytes], context: PairsContext) -> None:
        try:
            pair = read_answer(key, members, self._frame.truth.shape if self._frame is not None else None)
            self._stored.append(pair)
            self._tally.tasks[pair.meta.task] += 1
            for check, detail in form_problems(pair, members, context.rows.get(key), context.expectations):
                self._tally.blame(check, key, detail)
            if self._frame is None:
                return
            suffix = source_suffix(key, members)
            if problem := self._source.problem(suffix, members[suffix], key):
                self._tally.blame("source", key, problem)
            verdict = answer_problems(self._frame, pair)
        except ShardError as error:
            self._unread.add(key)
            self._tally.blame("pair", key, str(error))
            return
        self._tally.worst_depth_error = max(self._tally.worst_depth_error, verdict.depth_error)
        for detail in verdict.problems:
            self._tally.blame(pair.meta.task, key, detail)

    def audit_draws(self, context: PairsContext) -> None:
        """After the last pair of this view: are they those that the configuration draws?"""
        if self._frame is None or context.expectations is None or context.receipt is None:
            return
        same = same_draws(context.receipt.versions, context.expectations)
        with one_line(self._tally, "draw", self.key):
            try:
                for check, key, detail in draw_problems(self._frame, self._stored, context.expectations, same=same):
                    if key not in self._unread:
                        self._tally.blame(check, key, detail)
            except EncodeError as error:
                self._tally.blame("frame", self.key, f"no pair can be drawn from it: {error}")

    def _read(self, members: Mapping[str, bytes]) -> None:
        self._check_members(members)
        try:
            scene = read_scene(members)
            faults = scene_form_problems(scene)
            sized = not faults and self._is_expected_size(scene)
            frame = None if not sized else read_frame(members, self._shape, scene)
        except ShardError as error:
            self._blame("frame", str(error))
            return
        for detail in faults:
            self._blame("scene.json", detail)
        if frame is not None:
            self._source = SourceCheck(frame.image, members["image.png"])
            self._frame = frame
            self._check_frame(frame, scene)

    def _is_expected_size(self, scene: Mapping[str, Any]) -> bool:
        """Whether its pixels may be decoded: a frame of another size than config.yaml's may be of any."""
        expectations = self._expectations.frames
        due = {"width": expectations.width, "height": expectations.height} if expectations is not None else {}
        wrong = [name for name, side in due.items() if scene[name] != side]
        for name in wrong:
            self._blame("config", f"expected {name} {due[name]} by config.yaml, got {scene[name]}")
        return not wrong

    def _check_frame(self, frame: Frame, scene: dict[str, Any]) -> None:
        if frame.key != self.key:
            self._blame("frame", f"expected its own scene.json, got that of {frame.key}")
        faults = list(record_contradictions(scene))
        for detail in faults:
            self._blame("scene.json", detail)
        for rule, detail in frame_problems(frame):
            self._sound = False
            self._blame(rule, detail)
        if not faults:
            self._scene = scene
            self._check_scene(frame, scene)

    def _check_members(self, members: Mapping[str, bytes]) -> None:
        expectations = self._expectations.frames
        albedo = expectations.albedo if expectations else "albedo.png" in members
        expected = _MEMBERS | ({"albedo.png"} if albedo else set())
        if set(members) != expected:
            self._blame("frame", f"expected the members {sorted(expected)}, got {sorted(members)}")

    def _check_scene(self, frame: Frame, scene: Mapping[str, Any]) -> None:
        if self._receipt is not None:
            for detail in row_problems(frame, scene, self._receipt):
                self._blame("receipt", detail)
        if self._expectations.frames is not None:
            for detail in config_problems(scene, self._expectations.frames):
                self._blame("config", detail)
        for name, rule in self._expectations.scene_rules.items():
            for detail in rule(frame, scene):
                self._blame(name, detail)

    def _blame(self, check: str, detail: str) -> None:
        self._tally.blame(check, self.key, detail)
