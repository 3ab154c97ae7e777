"""The loader for torch: nothing lost and nothing twice, the same order again, and positions that can be taken up."""

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra torch")

import torch
from torch.utils.data import DataLoader
from torchdata.stateful_dataloader import StatefulDataLoader

from encode import Frame, Pair, TaskError, get_task, make_pair
from shards import Store, iter_frames, iter_pairs
from shards.torch import FrameDataset, LoaderError, PairDataset, SampleStream, SceneSplit, collate
from shards.torch.units import Consumer

pytestmark = pytest.mark.torch

TASKS = ("depth", "normals", "semantic", "referring")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> str:
    """3 shards of 2 scenes with 2 views: 12 frames, 60 pairs."""
    folder = tmp_path_factory.mktemp("loader") / "set"
    fill(Store(folder), shards=3)
    return str(folder)


@pytest.fixture(scope="module")
def stored(data: str) -> list[str]:
    return [stored.pair.key for stored in iter_pairs(Store(data))]


def keys(loaded: Any) -> list[str]:
    return [sample["key"] for sample in loaded]


def keys_of_batches(loaded: Any) -> list[str]:
    return [key for batch in loaded for key in batch["key"]]


def parts(dataset: Any, consumers: int, epoch: int = 0) -> list[list[str]]:
    """Keys that each of several consumers gets."""
    return [
        keys(SampleStream(dataset._reader, dataset._reading, Consumer(i, consumers), epoch)) for i in range(consumers)
    ]


def test_two_workers_give_every_pair_once_in_an_order_of_each_epoch(data: str, stored: list[str]) -> None:
    dataset = PairDataset(data, shuffle=20)
    loader = DataLoader(dataset, batch_size=4, num_workers=2, collate_fn=collate, persistent_workers=True)
    orders = []
    for epoch in (0, 1, 0):
        dataset.set_epoch(epoch)
        orders.append(keys_of_batches(loader))
    assert all(sorted(order) == sorted(stored) for order in orders)
    assert orders[0] == orders[2] != orders[1]


@pytest.mark.parametrize("consumers", [1, 2, 3, 4, 7, 16])
def test_consumers_share_an_epoch_without_loss(data: str, stored: list[str], consumers: int) -> None:
    shares = parts(PairDataset(data, shuffle=8), consumers)
    assert sorted(key for share in shares for key in share) == sorted(stored)
    assert all(shares)


def test_nodes_read_different_shares(data: str, stored: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    shares = []
    for rank in ("0", "1"):
        monkeypatch.setenv("RANK", rank)
        shares.append(keys_of_batches(DataLoader(PairDataset(data), batch_size=5, num_workers=2, collate_fn=collate)))
    assert sorted(shares[0] + shares[1]) == sorted(stored)


def test_samples_hold_what_the_shards_hold(data: str) -> None:
    pairs = {stored.pair.key: stored for stored in iter_pairs(Store(data))}
    for sample in PairDataset(data, tasks=["depth", "referring"], shuffle=0):
        there = pairs[sample["key"]]
        assert (sample["prompt"], sample["task"], sample["meta"]) == (
            there.pair.prompt,
            there.pair.meta.task,
            there.pair.meta,
        )
        np.testing.assert_array_equal(sample["source"].numpy(), there.source)
        np.testing.assert_array_equal(sample["target"].numpy(), there.pair.target)
    sample = next(iter(PairDataset(data, pixels="float")))
    assert sample["source"].dtype == torch.float32
    assert sample["source"].shape == (3, 96, 128)
    there = pairs[sample["key"]]
    np.testing.assert_allclose(sample["target"].numpy(), there.pair.target.transpose(2, 0, 1) / 255, atol=1e-6)


def test_extra_members_are_in_every_sample_of_a_data_set_that_has_them(
    tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    def pairs(frame: Frame) -> tuple[Pair, ...]:
        depth, _, _, referring, _ = plain_pairs(frame)
        return depth, replace(referring, answer="a text", source2=np.full_like(referring.target, 7))

    fill(Store(tmp_path), 1, 1, 1, pairs_of=pairs, extra_members=frozenset(("answer.txt", "source2.png")))
    batch = collate(list(PairDataset(str(tmp_path), shuffle=0)))
    assert sorted(batch["answer"]) == ["", "a text"]
    assert [int(image.max()) for image in batch["source2"]] == [0 if not text else 7 for text in batch["answer"]]
    assert batch["source2"].shape == batch["source"].shape


@pytest.mark.filterwarnings("ignore:'set_vital' is deprecated")  # torchdata calls it
@pytest.mark.parametrize("kind", ["pairs", "frames"])
def test_a_stateful_loader_goes_on_where_it_stopped(data: str, kind: str) -> None:
    def loader() -> StatefulDataLoader:
        dataset = (
            PairDataset(data, shuffle=12) if kind == "pairs" else FrameDataset(data, tasks=TASKS, prompts=3, shuffle=6)
        )
        return StatefulDataLoader(dataset, batch_size=4, num_workers=2, collate_fn=collate)

    whole = keys_of_batches(loader())
    first = loader()
    begun = keys_of_batches(islice(first, 3))
    state = pickle.loads(pickle.dumps(first.state_dict()))
    again = loader()
    again.load_state_dict(state)
    assert begun + keys_of_batches(again) == whole


def test_a_position_is_refused_by_other_workers_options_and_data(data: str) -> None:
    stream = iter(PairDataset(data))
    keys(islice(stream, 3))
    state = stream.state_dict()
    with pytest.raises(LoaderError, match="digest: expected"):
        iter(PairDataset(data, seed=1)).load_state_dict(state)
    other = PairDataset(data)
    with pytest.raises(LoaderError, match="consumers: expected 2, got 1"):
        SampleStream(other._reader, other._reading, Consumer(0, 2), 0).load_state_dict(state)


def test_frames_give_other_prompts_in_each_epoch_which_can_be_made_again(data: str) -> None:
    dataset = FrameDataset(data, tasks=TASKS, prompts=3, shuffle=10)
    frames: dict[str, Frame] = {frame.key: frame for frame in iter_frames(Store(data))}
    epochs = []
    for epoch in (0, 1):
        dataset.set_epoch(epoch)
        samples = list(dataset)
        assert len({sample["key"] for sample in samples}) == len(samples) == 3 * len(frames)
        epochs.append({sample["prompt"] for sample in samples})
        for sample in samples:
            meta, index = sample["meta"], int(sample["key"][-2:])
            frame = frames[meta.frame_key]
            pair = make_pair(frame, meta.task, seed=meta.seed, index=index, split="train")
            assert pair is not None
            assert (pair.prompt, pair.meta, pair.key) == (sample["prompt"], meta, sample["key"])
            np.testing.assert_array_equal(sample["target"].numpy(), pair.target)
            np.testing.assert_array_equal(sample["source"].numpy(), frame.image)
            assert get_task(meta.task).score(pair.target, frame, meta)
    assert len(epochs[0] & epochs[1]) < len(epochs[0]) / 2


def test_weights_mix_the_tasks(data: str) -> None:
    weights = {"depth": 3.0, "normals": 1.0}
    stored, made = Counter[str](), Counter[str]()
    for epoch in range(12):
        for dataset, counts in (
            (PairDataset(data, tasks=weights), stored),
            (FrameDataset(data, tasks=weights, prompts=4), made),
        ):
            dataset.set_epoch(epoch)
            counts.update(sample["task"] for sample in dataset)
    for counts in (stored, made):
        assert set(counts) == {"depth", "normals"}
        assert 0.69 < counts["depth"] / counts.total() < 0.81
    assert stored.total() == pytest.approx(12 * 24, rel=0.1)
    assert made.total() == 12 * 12 * 4


def test_heldout_scenes_and_templates_are_apart(data: str, stored: list[str]) -> None:
    def keys_of(**scenes: Any) -> set[str]:
        return set(keys(PairDataset(data, scenes=SceneSplit(**scenes))))

    train, heldout = keys_of(part="train", heldout_share=0.5), keys_of(part="heldout", heldout_share=0.5)
    assert train | heldout == set(stored)
    assert not {key[:8] for key in train} & {key[:8] for key in heldout}
    assert {key[:8] for key in keys_of(indices=range(2))} == {"s0000000", "s0000001"}
    assert keys(PairDataset(data, templates="train", tasks=["depth"]))
    assert keys(PairDataset(data, templates="heldout", tasks=["depth"])) == []
    metas = [sample["meta"] for sample in FrameDataset(data, tasks=["depth"], templates="heldout")]
    assert {meta.split for meta in metas} == {"heldout"}
    share = np.mean([f"s{i:07d}-v00" in SceneSplit("heldout", 0.1) for i in range(4000)])
    assert 0.08 < share < 0.12


def test_resampled_shares_are_equal_and_end_where_asked(data: str) -> None:
    dataset = PairDataset(data, mode="resampled", samples=90, shuffle=10)
    assert [len(share) for share in parts(dataset, 4)] == [22] * 4
    assert len(keys(islice(PairDataset(data, mode="resampled"), 300))) == 300
    nothing = PairDataset(data, mode="resampled", scenes=SceneSplit(indices=range(90, 91)))
    with pytest.raises(LoaderError, match="no sample of the chosen"):
        next(iter(nothing))


def test_it_reads_from_a_url(fill: Callable[..., None]) -> None:
    fill(Store("memory://loader"), shards=1, scenes=1)
    assert len(keys(PairDataset("memory://loader"))) == 10
    assert len(keys(FrameDataset("memory://loader", tasks=["depth"], prompts=2))) == 4


def test_bad_options_get_a_sentence(data: str, tmp_path: Path) -> None:
    with pytest.raises(TaskError, match="one of depth"):
        FrameDataset(data, tasks=["dpeth"])
    with pytest.raises(LoaderError, match="weight above 0 for depth, got -1"):
        PairDataset(data, tasks={"depth": -1})
    with pytest.raises(LoaderError, match="mode: expected one of 'exact', 'resampled', got 'all'"):
        PairDataset(data, mode="all")  # type: ignore[arg-type]
    with pytest.raises(LoaderError, match="expected none with mode exact"):
        PairDataset(data, samples=5)
    with pytest.raises(LoaderError, match="expected committed frames, found none"):
        FrameDataset(str(tmp_path), tasks=["depth"])


def test_nothing_else_imports_torch() -> None:
    code = "import sys, shards, verichrome.cli; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
