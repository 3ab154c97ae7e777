"""Depth benchmarks on tiny files in their own formats: perfect answers, known errors, crops, caps and masks."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from encode import FormatError, meta_of_prompt
from tests.evaluation.benchmark_cases import answer_depth, photograph, prompt_rows, scores, write_gray
from verichrome.errors import UsageError
from verichrome.evaluation import open_benchmark, score_benchmark
from verichrome.evaluation.array_files import read_mat
from verichrome.evaluation.sample import DEPTH_PROMPT, NORMALS_PROMPT

Made = tuple[str, Path, dict[str, np.ndarray]]


def ramp(height: int, width: int) -> np.ndarray:
    """Depth from 1 to 8 m, different everywhere."""
    return np.linspace(1, 8, height * width).reshape(height, width).astype(np.float32)


def make_kitti(root: Path) -> Made:
    depth = np.round(ramp(40, 60) * 256).astype(np.uint16)
    depth[30, ::7] = 0
    drive, image = "2011_09_26_drive_0002_sync", "2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000069.png"
    photograph(root / image, 40, 60)
    truth = f"{drive}/proj_depth/groundtruth/image_02/0000000069.png"
    write_gray(root / "data_depth_annotated/val" / truth, depth)
    lines = [f"{image} {truth} 721.5377", f"{image[:-5]}8.png None 721.5377"]
    (root / "eigen_test_files_with_gt.txt").write_text("\n".join(lines))
    return "kitti", root, {f"{drive}-0000000069": depth / 256}


def make_eth3d(root: Path) -> Made:
    depth = ramp(20, 30)
    depth[:, :5] = np.inf
    photograph(root / "pipes/images/dslr_images/DSC_0634.JPG", 20, 30)
    path = root / "pipes/ground_truth_depth/dslr_images/DSC_0634.JPG"
    path.parent.mkdir(parents=True)
    path.write_bytes(depth.astype("<f4").tobytes())
    return "eth3d", root, {"pipes-DSC_0634": depth}


def make_diode(root: Path) -> Made:
    made = {}
    for part, name in (("indoors", "00019_00183_indoors_000_010"), ("outdoor", "00022_00193_outdoor_000_010")):
        stem = root / "val" / part / "scene_00019" / "scan_00183" / name
        photograph(stem.with_name(f"{name}.png"), 12, 16)
        depth = ramp(12, 16)
        np.save(stem.with_name(f"{name}_depth.npy"), depth[..., None])
        mask = np.ones((12, 16))
        mask[0] = 0
        np.save(stem.with_name(f"{name}_depth_mask.npy"), mask)
        made[name] = depth
    return "diode", root, made


def make_ibims1(root: Path) -> Made:
    depth = ramp(12, 16)
    depth[0, 0] = 0
    invalid, transparent = np.ones((12, 16), np.uint8), np.ones((12, 16), np.uint8)
    invalid[1], transparent[2] = 0, 0
    rgb = np.zeros((12, 16, 3), np.uint8)
    root.mkdir(exist_ok=True)
    data = {"rgb": rgb, "depth": depth, "mask_invalid": invalid, "mask_transp": transparent}
    savemat(root / "corridor_01.mat", {"data": data})
    (root / "imagelist.txt").write_text("corridor_01\n")
    return "ibims1", root, {"corridor_01": depth}


def make_nyuv2(root: Path) -> Made:
    h5py = pytest.importorskip("h5py")
    root.mkdir(exist_ok=True)
    depths = np.stack([ramp(480, 640), ramp(480, 640)[::-1]])
    with h5py.File(root / "nyu_depth_v2_labeled.mat", "w", userblock_size=512) as file:
        file["rawDepths"] = depths.transpose(0, 2, 1)
        file["images"] = np.zeros((2, 3, 640, 480), np.uint8)
    savemat(root / "splits.mat", {"testNdxs": np.array([[2]], np.uint16), "trainNdxs": np.array([[1]], np.uint16)})
    return "nyuv2", root, {"nyuv2-0002": depths[1]}


MAKERS = (make_kitti, make_eth3d, make_diode, make_ibims1, make_nyuv2)
#: Rows and columns that a benchmark scores: top, bottom, left, right.
SCORED = {"kitti": (16, 39, 2, 57), "nyuv2": (45, 471, 41, 601), "diode": (1, 12, 0, 16)}


@pytest.fixture(scope="module", params=MAKERS, ids=lambda maker: maker.__name__.removeprefix("make_"))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    maker: Callable[[Path], Made] = request.param
    return maker(tmp_path_factory.mktemp("root"))


def test_the_prompts_name_every_image_and_parse(made: Made, tmp_path: Path) -> None:
    name, root, depths = made
    rows = prompt_rows(name, root, tmp_path)
    assert {row["key"] for row in rows} == set(depths)
    assert {row["task"] for row in rows} == {"depth"}
    assert {meta_of_prompt(row["prompt"], (2, 2)).codec for row in rows} == {"cube-walk"}


def test_perfect_answers_are_perfect(made: Made, tmp_path: Path) -> None:
    name, root, depths = made
    found = scores(name, answer_depth(tmp_path, depths), root)
    assert found["delta1"] == found["aligned_delta1"] == 1
    assert found["abs_rel"] < 0.005


def test_twice_the_depth_is_an_error_of_one_before_alignment_alone(made: Made, tmp_path: Path) -> None:
    name, root, depths = made
    doubled = {key: 2 * np.where(np.isfinite(depth), depth, 0) for key, depth in depths.items()}
    found = scores(name, answer_depth(tmp_path, doubled), root)
    if name == "nyuv2":  # the cap of 10 m clips what is farther
        assert 0.4 < found["abs_rel"] < 1
        return
    assert found["abs_rel"] == pytest.approx(1, abs=0.01)
    assert found["delta1"] == found["delta3"] == 0
    assert found["scaled_abs_rel"] < 0.005
    assert found["aligned_abs_rel"] < 0.005


@pytest.mark.parametrize("maker", [make_kitti, make_diode, make_nyuv2])
def test_errors_outside_the_crop_do_not_count(maker: Callable[[Path], Made], tmp_path: Path) -> None:
    name, root, depths = maker(tmp_path / "root")
    top, bottom, left, right = SCORED[name]
    wrong = {key: np.full(depth.shape, 50.0) for key, depth in depths.items()}
    for key, depth in depths.items():
        wrong[key][top:bottom, left:right] = depth[top:bottom, left:right]
    assert scores(name, answer_depth(tmp_path / "outside", wrong), root)["abs_rel"] < 0.005
    for key in wrong:
        wrong[key][top, left:right] = 50.0  # one row within
    found = scores(name, answer_depth(tmp_path / "inside", wrong), root)
    assert 0.9 < found["delta1"] < 1


def test_masks_and_missing_depth_of_ibims1(tmp_path: Path) -> None:
    name, root, depths = make_ibims1(tmp_path / "root")
    wrong = depths["corridor_01"].copy()
    wrong[1:3] = 50
    wrong[0, 0] = 50
    assert scores(name, answer_depth(tmp_path / "answers", {"corridor_01": wrong}), root)["delta1"] == 1


def test_truth_beyond_the_cap_does_not_count_and_predictions_are_clipped_to_it(tmp_path: Path) -> None:
    name, root, depths = make_kitti(tmp_path / "root")
    (key,) = depths
    truth = next((root / "data_depth_annotated").rglob("*.png"))
    far = np.full((40, 60), 100 * 256, np.uint16)
    far[20:30, 10:50] = 64 * 256
    write_gray(truth, far)
    found = scores(name, answer_depth(tmp_path / "answers", {key: np.full((40, 60), 900.0)}), root)
    assert found["abs_rel"] == pytest.approx(80 / 64 - 1)


def test_diode_is_scored_by_part_too(tmp_path: Path) -> None:
    name, root, depths = make_diode(tmp_path / "root")
    worse = {key: depth * (1.5 if "outdoor" in key else 1) for key, depth in depths.items()}
    report = score_benchmark(name, answer_depth(tmp_path / "answers", worse), root, workers=1)
    by_part = {group.value: group.scores["abs_rel"].value for group in report.groups if group.column == "split"}
    assert by_part == {"indoors": pytest.approx(0, abs=0.005), "outdoor": pytest.approx(0.5, abs=0.005)}


@pytest.mark.parametrize("name", ["kitti", "eth3d", "diode", "ibims1", "nyuv2"])
def test_another_folder_is_one_sentence_that_says_what_was_expected(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"expects .*(_gt\.txt|\.JPG|_depth\.npy|imagelist\.txt|\.mat).* not there"):
        list(open_benchmark(name, tmp_path).samples())


def test_damaged_truth_is_one_sentence_a_sample(tmp_path: Path) -> None:
    name, root, depths = make_eth3d(tmp_path / "root")
    path = next((root / "pipes/ground_truth_depth").rglob("*.JPG"))
    path.write_bytes(path.read_bytes()[:-4])
    report = score_benchmark(name, answer_depth(tmp_path / "answers", depths), root, workers=1)
    assert "expected 2,400 bytes of float32" in report.problems[0]
    name, root, depths = make_diode(tmp_path / "diode")
    for path in root.rglob("*_depth.npy"):
        np.save(path, np.array([{}], object), allow_pickle=True)
    report = score_benchmark(name, answer_depth(tmp_path / "answers2", depths), root, workers=1)
    assert len(report.problems) == 2
    assert "a .npy file of numbers" in report.problems[0]


def test_a_small_mat_file_with_much_in_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verichrome.evaluation.array_files._MOST_UNPACKED", 1 << 20)
    savemat(tmp_path / "a.mat", {"data": np.zeros((1 << 19,))}, do_compression=True)
    content = (tmp_path / "a.mat").read_bytes()
    assert len(content) < 10_000
    with pytest.raises(FormatError, match="variables of more than 1,048,576 bytes"):
        read_mat(content, "a.mat", "data")
    savemat(tmp_path / "a.mat", {"data": np.zeros((1 << 16,))}, do_compression=True)
    assert read_mat((tmp_path / "a.mat").read_bytes(), "a.mat", "data").size == 1 << 16


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    name, root, depths = make_eth3d(tmp_path / "root")
    path = next((root / "pipes/ground_truth_depth").rglob("*.JPG"))
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    report = score_benchmark(name, answer_depth(tmp_path / "answers", depths), root, workers=1)
    assert "symbolic link" in report.problems[0]


def test_the_prompts_are_the_templates() -> None:
    assert meta_of_prompt(DEPTH_PROMPT, (2, 2)).task == "depth"
    assert meta_of_prompt(NORMALS_PROMPT, (2, 2)).task == "normals"
