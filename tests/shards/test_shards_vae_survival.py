"""benchmarks/bench_survival.py: through VAEs with tiny random weights, and through stand-ins of known effect."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("diffusers", reason="needs diffusers")

import diffusers
import torch

from benchmarks.bench_survival import MEASURES, main, measure_survival, paint_all, table
from benchmarks.degradations import blur
from benchmarks.vae_round_trip import VaeRoundTrip, load_vae
from encode import Frame, get_task
from encode.depth.codec import DEPTH_CODECS
from shards import Store

pytestmark = pytest.mark.torch


class IdentityVae(torch.nn.Module):
    """A VAE that keeps everything, with diffusers' interface."""

    def __init__(self, video: bool) -> None:
        super().__init__()
        self.layer = torch.nn.Conv3d(1, 1, 1) if video else torch.nn.Conv2d(1, 1, 1)
        self.dimensions = 5 if video else 4

    def encode(self, x: torch.Tensor) -> SimpleNamespace:
        assert x.ndim == self.dimensions
        assert x.shape[-1] % 32 == x.shape[-2] % 32 == 0
        assert x.abs().max() <= 1
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: x))

    def decode(self, z: torch.Tensor) -> SimpleNamespace:
        return SimpleNamespace(sample=z)


@pytest.fixture(scope="module")
def frame(make_frame: Callable[..., Frame]) -> Frame:
    frame = make_frame()
    albedo = np.where(frame.truth.instance[..., None] > 0, frame.image, 0).astype(np.uint8)
    return replace(frame, albedo=albedo)


@pytest.mark.parametrize("video", [False, True])
def test_a_vae_that_keeps_everything_leaves_the_error_of_8_bits(frame: Frame, video: bool) -> None:
    rows = measure_survival([frame], VaeRoundTrip(IdentityVae(video)))
    assert all(row.errors == row.exact and len(row.errors) == 1 for row in rows)
    assert {row.codec for row in rows if row.task == "depth"} == set(DEPTH_CODECS)
    # This frame hides too little, shows no people, and keeps no parts, materials and shading.
    asked = {name.partition(",")[0] for name in MEASURES} - {"amodal", "keypoints", "parts", "materials", "shading"}
    assert {row.task for row in rows} == asked
    assert max(row.errors[0] for row in rows if row.measure.score == "abs_rel") < 0.02


def test_sides_that_no_vae_takes_are_padded_and_cut() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (37, 50, 3), np.uint8)
    np.testing.assert_array_equal(VaeRoundTrip(IdentityVae(False))(rgb), rgb)


def test_errors_are_those_of_the_tasks_scores(frame: Frame) -> None:
    rows = measure_survival([frame, frame], blur(6.0), pairs=1)
    for pair in paint_all(frame):
        scores = get_task(pair.meta.task).score(blur(6.0)(pair.target), frame, pair.meta)
        for row in rows:
            if (row.task, row.codec) == (pair.meta.task, pair.meta.codec):
                score = scores[row.measure.score]
                assert row.errors == (1 - score if row.measure.lacking else score,)
                assert row.errors[0] > row.exact[0]


def test_a_table_has_a_line_for_each_error(frame: Frame) -> None:
    lines = list(table(measure_survival([frame], blur(2.0))))
    assert len({line.count("|") for line in lines}) == 1
    others = {pair.meta.task for pair in paint_all(frame)} - {"depth"}
    assert len(lines) == 2 + 2 * len(DEPTH_CODECS) + sum(len(MEASURES[task]) for task in others)


def tiny(name: str) -> torch.nn.Module:
    torch.manual_seed(0)
    if name == "AutoencoderKLQwenImage":
        return diffusers.AutoencoderKLQwenImage(
            base_dim=8,
            z_dim=4,
            dim_mult=[1, 2],
            num_res_blocks=1,
            temperal_downsample=[False],
            latents_mean=[0.0] * 4,
            latents_std=[1.0] * 4,
        )
    layers = {
        "down_block_types": ("DownEncoderBlock2D",) * 2,
        "up_block_types": ("UpDecoderBlock2D",) * 2,
        "block_out_channels": (8, 8),
        "layers_per_block": 1,
        "latent_channels": 4,
        "norm_num_groups": 4,
    }
    return getattr(diffusers, name)(**layers)


@pytest.mark.parametrize("name", ["AutoencoderKL", "AutoencoderKLFlux2", "AutoencoderKLQwenImage"])
def test_the_command_takes_each_vae_in_both_precisions(
    name: str, fill: Callable[..., None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(Store(str(tmp_path / "set")), shards=1, scenes=1, views=1)
    tiny(name).save_pretrained(tmp_path / "vae")
    arguments = [str(tmp_path / "set"), "--vae", str(tmp_path / "vae"), "--pairs", "1", "--dtype", "float32", "bf16"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert f"{name}, float32\n" in out
    assert f"{name}, bf16\n" in out
    assert out.count("| depth | cube-walk | abs_rel | 1 |") == 2


@pytest.mark.parametrize("content", [None, "{}", '{"_class_name": "UNet2DModel"}', '{"_class_name": "AutoencoderNew"}'])
def test_a_folder_without_a_vae_gets_one_sentence(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path), "--vae", str(tmp_path)])
    assert stopped.value.code == 2
    assert "--vae" in capsys.readouterr().err.splitlines()[-1]


def test_a_pipelines_folder_has_its_vae(tmp_path: Path) -> None:
    tiny("AutoencoderKL").save_pretrained(tmp_path / "vae")
    (tmp_path / "model_index.json").write_text("{}")
    assert type(load_vae(str(tmp_path), dtype="bf16")).__name__ == "AutoencoderKL"
