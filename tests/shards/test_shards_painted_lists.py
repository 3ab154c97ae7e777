"""Boxes and points, whose decoding is a list and no map: shown as maps, written as lists, scored by targets alone."""

import contextlib
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from encode import MetaError, PairShares, get_task, make_pairs
from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.pair import BACKGROUND
from encode.target_frame import score_against_target
from shards.decoded_map import decode_target, expected_map
from tests.encode.raycaster import build_frame
from verichrome.decoded_file import decoded_files, default_format
from verichrome.decoded_map import decode_image
from verichrome.errors import UsageError

FRAME = build_frame(size=(96, 128))
SHARES = PairShares(absent_share=0.0)


@pytest.mark.parametrize("task", ["boxes", "points"])
def test_lists_are_shown_written_and_scored(task: str) -> None:
    for pair in make_pairs(FRAME, [task], seed=2, prompts_per_task=3, shares=SHARES):
        shown, wanted = decode_target(pair), expected_map(FRAME, pair.meta)
        assert shown is not None
        assert wanted is not None
        assert (shown.kind, shown.values.shape) == ("labels", pair.meta.shape)
        if all(entry.scored for entry in pair.meta.foreground):
            np.testing.assert_array_equal(shown.values, wanted.values)
        exact, by_target = get_task(task).score(pair.target, FRAME, pair.meta), score_against_target(pair.target, pair)
        assert by_target == pytest.approx({name: exact[name] for name in by_target}, nan_ok=True)
        decoded = decode_image(pair.target, pair.meta, confidence=True)
        assert default_format(decoded.kind) == "json"
        document = json.loads(decoded_files(decoded, "answer", "json")["answer.json"])
        assert document["size"] == list(pair.meta.shape)
        assert len(document["annotations"]) == len(decoded.values)
        assert {annotation["label"] for annotation in document["annotations"]} <= {e.label for e in pair.meta.colors}
        assert all(annotation["confidence"] > 0.8 for annotation in document["annotations"])
        assert len(decoded_files(decoded, "answer", "npy")) == 2
        for suffix in ("png", "exr"):
            with pytest.raises(
                UsageError, match=rf"The {task} of an image can be written as .json or .npy, got .{suffix}"
            ):
                decoded_files(decoded, "answer", suffix)


def test_objects_that_the_frame_lacks_have_no_expected_box() -> None:
    pair = next(p for p in make_pairs(FRAME, ["boxes"], seed=2, prompts_per_task=3, shares=SHARES) if p.meta.foreground)
    strange = replace(pair.meta, colors=tuple(replace(entry, ids=(99_999,)) for entry in pair.meta.colors))
    wanted = expected_map(FRAME, strange)
    assert wanted is not None
    assert len(np.unique(wanted.values)) == 1


def test_keypoints_are_written_with_their_names_and_confidence() -> None:
    pair = make_pairs(build_frame(size=(160, 224)), ["keypoints"], seed=0)[0]
    decoded = decode_image(pair.target, pair.meta, confidence=True)
    rows = np.load(io.BytesIO(decoded_files(decoded, "answer", "npy")["answer.npy"]))
    assert rows.shape == (len(decoded.labels), 4)
    assert tuple(KEYPOINT_NAMES[int(row[3])] for row in rows) == decoded.labels
    document = json.loads(decoded_files(decoded, "answer", "json")["answer.json"])
    assert all(annotation["confidence"] == 1 for annotation in document["annotations"])
    assert [annotation["person"] for annotation in document["annotations"]] == rows[:, 2].tolist()


@pytest.mark.parametrize("task", ["boxes", "points", "edges"])
def test_a_meta_of_the_background_alone_is_one_error_or_an_empty_map(task: str) -> None:
    pair = make_pairs(FRAME, [task], seed=2)[0]
    background = next(entry for entry in pair.meta.colors if entry.label == BACKGROUND)
    meta = replace(pair.meta, colors=(replace(background, ids=(0,)),))
    for read in (
        lambda: decode_target(replace(pair, meta=meta)),
        lambda: expected_map(FRAME, meta),
        lambda: get_task(task).score(pair.target, FRAME, meta),
        lambda: score_against_target(pair.target, replace(pair, meta=meta)),
    ):
        with contextlib.suppress(MetaError):
            read()
