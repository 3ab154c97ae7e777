"""Depth benchmarks on two real scenes that packages ship: `pytest -m photographs`, as .ci/run does.

Folder VERICHROME_PHOTOGRAPHS holds skimage/data/motorcycle_* of the wheel scikit-image 0.16.2 (Middlebury 2014, at a
quarter: f 994.978 px, baseline 193.001 mm, doffs 31.086 px), and usr/share/doc/opencv-doc/examples/data/aloe* of
Debian's opencv-doc (Middlebury 2006, of which only disparities are there: depth is known up to a scale).
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from encode.metrics.depth import depth_errors
from tests.evaluation.benchmark_cases import answer_depth, prompt_rows, scores, write_gray

pytestmark = pytest.mark.photographs

Scene = tuple[Path, np.ndarray]


@pytest.fixture(scope="module")
def folder() -> Path:
    named = os.environ.get("VERICHROME_PHOTOGRAPHS")
    if not named:
        pytest.skip("VERICHROME_PHOTOGRAPHS names no folder")
    return Path(named)


@pytest.fixture(scope="module")
def motorcycle(folder: Path) -> Scene:
    """The photograph, and metres, 0 where there are none."""
    with np.load(folder / "skimage/data/motorcycle_disp.npz", allow_pickle=False) as stored:
        disparity = stored["arr_0"].astype(np.float64)
    metres = np.where(np.isfinite(disparity), 994.978 * 0.193001 / (disparity + 31.086), 0)
    return folder / "skimage/data/motorcycle_left.png", metres.astype(np.float32)


@pytest.fixture(scope="module")
def aloe(folder: Path) -> Scene:
    """The photograph, and depth in a unit of its own, 0 where there is none."""
    data = folder / "usr/share/doc/opencv-doc/examples/data"
    if not (data / "aloeGT.png").is_file():
        pytest.skip("opencv-doc is not there")
    with Image.open(data / "aloeGT.png") as image:
        disparity = np.asarray(image.convert("L"), np.float64)
    return data / "aloeL.jpg", np.where(disparity > 0, 300 / np.maximum(disparity, 1), 0).astype(np.float32)


def as_diode(root: Path, image: Path, metres: np.ndarray) -> str:
    stem = root / "val/indoors/scene_00000/scan_00000/real"
    stem.parent.mkdir(parents=True)
    Image.open(image).convert("RGB").save(stem.with_name("real.png"))
    np.save(stem.with_name("real_depth.npy"), metres[..., None])
    np.save(stem.with_name("real_depth_mask.npy"), (metres > 0).astype(np.float64))
    return "diode real"


def as_eth3d(root: Path, image: Path, metres: np.ndarray) -> str:
    images, depths = root / "real/images/dslr_images", root / "real/ground_truth_depth/dslr_images"
    images.mkdir(parents=True)
    depths.mkdir(parents=True)
    Image.open(image).convert("RGB").save(images / "a.JPG", "JPEG")
    (depths / "a.JPG").write_bytes(np.where(metres > 0, metres, np.inf).astype("<f4").tobytes())
    return "eth3d real-a"


def as_ibims1(root: Path, image: Path, metres: np.ndarray) -> str:
    root.mkdir()
    ones = np.ones(metres.shape, np.uint8)
    rgb = np.asarray(Image.open(image).convert("RGB"))
    savemat(root / "real.mat", {"data": {"rgb": rgb, "depth": metres, "mask_invalid": ones, "mask_transp": ones}})
    (root / "imagelist.txt").write_text("real\n")
    return "ibims1 real"


def as_kitti(root: Path, image: Path, metres: np.ndarray) -> str:
    photograph, depth = root / "d/drive/image_02/data/1.png", "drive/proj_depth/groundtruth/image_02/1.png"
    photograph.parent.mkdir(parents=True)
    shutil.copy(image, photograph)
    write_gray(root / depth, np.rint(metres * 256).astype(np.uint16))
    (root / "eigen_test_files_with_gt.txt").write_text(f"d/drive/image_02/data/1.png {depth} 721.5\n")
    return "kitti drive-1"


FORMATS = (as_diode, as_eth3d, as_ibims1, as_kitti)


@pytest.mark.parametrize("written", FORMATS, ids=lambda written: written.__name__)
def test_motorcycle_in_metres(written: Callable[..., str], motorcycle: Scene, tmp_path: Path) -> None:
    image, metres = motorcycle
    assert 2 < np.median(metres[metres > 0]) < 5
    name, key = written(tmp_path / "root", image, metres).split()
    (row,) = prompt_rows(name, tmp_path / "root", tmp_path / "run")
    with Image.open(row["image"]) as shown:
        assert shown.size == metres.shape[::-1]
    exact = scores(name, answer_depth(tmp_path / "exact", {key: metres}), tmp_path / "root")
    assert exact["delta1"] == 1
    assert exact["abs_rel"] < 0.003
    farther = scores(name, answer_depth(tmp_path / "farther", {key: 1.2 * metres}), tmp_path / "root")
    assert farther["abs_rel"] == pytest.approx(0.2, abs=0.003)
    assert farther["scaled_abs_rel"] < 0.003


def test_a_flat_answer_to_motorcycle_scores_as_computed_by_hand(motorcycle: Scene, tmp_path: Path) -> None:
    image, metres = motorcycle
    name, key = as_eth3d(tmp_path / "root", image, metres).split()
    known = metres[metres > 0].astype(np.float64)
    middle = float(np.median(known))
    found = scores(name, answer_depth(tmp_path / "flat", {key: np.full(metres.shape, middle)}), tmp_path / "root")
    expected = depth_errors(np.full(known.shape, middle), known)
    assert found["abs_rel"] == pytest.approx(expected["abs_rel"], abs=0.003)
    assert found["rmse"] == pytest.approx(float(np.sqrt(((known - middle) ** 2).mean())), abs=0.02)
    # The best shift of a flat answer is the mean.
    assert found["aligned_rmse"] == pytest.approx(float(known.std()), abs=0.01)


def test_aloe_up_to_a_scale(aloe: Scene, tmp_path: Path) -> None:
    image, depth = aloe
    name, key = as_eth3d(tmp_path / "root", image, depth).split()
    found = scores(name, answer_depth(tmp_path / "answers", {key: 2 * depth}), tmp_path / "root")
    assert found["delta3"] == 0
    assert found["scaled_delta1"] == found["aligned_delta1"] == 1
    assert found["scaled_abs_rel"] < 0.004
