"""`verichrome decode`: every format holds the numbers that the codecs give, and bad input is one sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import OpenEXR
import pytest
from PIL import Image
from pycocotools import mask as coco_mask

from encode import depth_codec, get_task, meta_of_task
from tests.job.conftest import Answer

CommandLine = Callable[..., Answer]

RED, GREEN = (255, 0, 0), (0, 255, 0)
LEGEND = "cat=255,0,0; dog=#00ff00"


@pytest.fixture
def depth(tmp_path: Path) -> np.ndarray:
    """Metres from 1 to 50, sky on top, painted into depth.png."""
    metres = np.linspace(1, 50, 12 * 16, dtype=np.float32).reshape(12, 16)
    metres[0] = np.inf
    Image.fromarray(depth_codec("cube-walk").encode(metres)).save(tmp_path / "depth.png")
    return metres


@pytest.fixture
def pets(tmp_path: Path) -> np.ndarray:
    """Ids of a cat (1) and a dog (2) on black, painted into pets.png."""
    ids = np.zeros((12, 16), np.int32)
    ids[2:6, 1:9], ids[7:12, 8:16] = 1, 2
    Image.fromarray(np.array([(0, 0, 0), RED, GREEN], np.uint8)[ids]).save(tmp_path / "pets.png")
    return ids


def test_depth_alone_is_the_metric_cube_walk(verichrome: CommandLine, tmp_path: Path, depth: np.ndarray) -> None:
    out = tmp_path / "depth.npy"
    assert verichrome("decode", str(tmp_path / "depth.png"), "--task", "depth", "--out", str(out)) == Answer(0, "", "")
    metres = np.load(out)
    assert metres.dtype == np.float32
    assert np.isinf(metres[0]).all()
    np.testing.assert_allclose(metres[1:], depth[1:], rtol=0.03)


def test_depth_as_exr_and_png(verichrome: CommandLine, tmp_path: Path, depth: np.ndarray) -> None:
    source = str(tmp_path / "depth.png")
    for name in ("d.npy", "d.exr", "d16.png"):
        assert verichrome("decode", source, "--task", "depth", "--out", str(tmp_path / name)).code == 0
    metres = np.load(tmp_path / "d.npy")
    channels = OpenEXR.File(str(tmp_path / "d.exr"), separate_channels=True).channels()
    np.testing.assert_array_equal(channels["depth.Z"].pixels, metres)
    with Image.open(tmp_path / "d16.png") as image:
        steps = np.asarray(image)
        assert "millimetres" in image.info["Description"]
    assert (steps[0] == 0).all()
    np.testing.assert_array_equal(steps[1:], np.rint(metres[1:].astype(np.float64) * 1000))


def test_confidence_beside_the_map(verichrome: CommandLine, tmp_path: Path, depth: np.ndarray) -> None:
    source = str(tmp_path / "depth.png")
    for name in ("d.npy", "d.exr"):
        answer = verichrome("decode", source, "--task", "depth", "--out", str(tmp_path / name), "--confidence")
        assert answer.code == 0
    np.testing.assert_array_equal(np.load(tmp_path / "d.confidence.npy"), np.ones((12, 16), np.float32))
    channels = OpenEXR.File(str(tmp_path / "d.exr"), separate_channels=True).channels()
    assert set(channels) == {"depth.Z", "confidence.Y"}


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools under numpy 2
def test_masks_as_coco_run_lengths(verichrome: CommandLine, tmp_path: Path, pets: np.ndarray) -> None:
    out = tmp_path / "pets.json"
    answer = verichrome("decode", str(tmp_path / "pets.png"), "--legend", LEGEND, "--out", str(out), "--confidence")
    assert answer.code == 0
    document = json.loads(out.read_text())
    assert (document["task"], document["size"]) == ("semantic", [12, 16])
    for number, annotation in enumerate(document["annotations"], start=1):
        compressed = coco_mask.frPyObjects(annotation["segmentation"], 12, 16)
        np.testing.assert_array_equal(coco_mask.decode(compressed), pets == number)
        assert annotation["area"] == coco_mask.area(compressed)
        assert annotation["bbox"] == coco_mask.toBbox(compressed).tolist()
        assert annotation["confidence"] == 1
    assert [annotation["label"] for annotation in document["annotations"]] == ["cat", "dog"]


def test_ids_in_the_other_formats(verichrome: CommandLine, tmp_path: Path, pets: np.ndarray) -> None:
    for name in ("p.npy", "p.exr", "ids.png"):
        answer = verichrome("decode", str(tmp_path / "pets.png"), "--legend", LEGEND, "--out", str(tmp_path / name))
        assert answer.code == 0
    np.testing.assert_array_equal(np.load(tmp_path / "p.npy"), pets)
    channels = OpenEXR.File(str(tmp_path / "p.exr"), separate_channels=True).channels()
    np.testing.assert_array_equal(channels["label.id"].pixels, pets)
    with Image.open(tmp_path / "ids.png") as image:
        assert image.mode == "P"
        assert image.info["Description"] == "0: background, 1: cat, 2: dog"
        np.testing.assert_array_equal(np.asarray(image), pets)
        np.testing.assert_array_equal(np.asarray(image.convert("RGB"))[3, 3], RED)


def test_instances_and_prompts(verichrome: CommandLine, tmp_path: Path) -> None:
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[4:30, 4:30], pixels[34:60, 34:60] = (250, 60, 20), (20, 90, 240)
    Image.fromarray(pixels).save(tmp_path / "two.png")
    two = str(tmp_path / "two.png")
    assert verichrome("decode", two, "--task", "instance", "--out", str(tmp_path / "two.npy")).code == 0
    assert len(np.unique(np.load(tmp_path / "two.npy"))) == 3
    prompt = "Segment the red mug on the left in <250, 60, 20>."
    assert verichrome("decode", two, "--prompt", prompt, "--out", str(tmp_path / "mug.npy")).code == 0
    np.testing.assert_array_equal(np.load(tmp_path / "mug.npy"), (pixels[..., 0] == 250).astype(np.int32))


def test_normals_by_their_meta(verichrome: CommandLine, tmp_path: Path) -> None:
    pixels = np.full((6, 8, 3), (127, 127, 255), np.uint8)
    pixels[0] = 0
    Image.fromarray(pixels).save(tmp_path / "n.png")
    (tmp_path / "n.json").write_text(json.dumps(meta_of_task("normals", (512, 512)).to_json()))
    for name in ("n.npy", "normals.png"):
        out = str(tmp_path / name)
        assert verichrome("decode", str(tmp_path / "n.png"), "--meta", str(tmp_path / "n.json"), "--out", out).code == 0
    normals = np.load(tmp_path / "n.npy")
    np.testing.assert_array_equal(normals, get_task("normals").decode(pixels, meta_of_task("normals", (6, 8))))
    shown = np.asarray(Image.open(tmp_path / "normals.png"))
    assert (shown[0] == 0).all()
    np.testing.assert_array_equal(shown[1:], np.rint(255 * (0.5 + 0.5 * normals[1:])))


def test_several_images_into_a_folder(
    verichrome: CommandLine, tmp_path: Path, depth: np.ndarray, pets: np.ndarray
) -> None:
    (tmp_path / "broken.png").write_bytes(b"no image")
    images = [str(tmp_path / name) for name in ("depth.png", "pets.png", "broken.png")]
    out = tmp_path / "out"
    answer = verichrome("decode", *images, "--task", "depth", "--format", "exr", "--out", str(out))
    assert answer.code == 1
    assert sorted(path.name for path in out.iterdir()) == ["depth.exr", "pets.exr"]
    assert f"image {tmp_path}/broken.png: expected an image file (PNG, JPEG or WebP), got another format" in answer.err
    assert "1 of 3 images could not be decoded" in answer.err


def test_absent_images_are_one_sentence_and_nothing_is_written(
    verichrome: CommandLine, tmp_path: Path, depth: np.ndarray
) -> None:
    images = [str(tmp_path / name) for name in ("depth.png", "absent.png", "away.png")]
    out = tmp_path / "out"
    answer = verichrome("decode", *images, "--task", "depth", "--out", str(out))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"Images must be files, and {tmp_path}/absent.png and 1 more are not.\n"
    assert not out.exists()


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ((), "Name what the images show: --task, --meta, --prompt or --legend."),
        (("--task", "deep"), "--task must be one of depth, normals, semantic"),
        (("--task", "semantic"), "--task: task alone: expected the prompt, legend or meta.json of the task semantic"),
        (("--prompt", "Say something."), "--prompt: prompt: expected wording that a template of a known task gives"),
        (("--legend", "cat"), "--legend: legend: expected entries such as cat=255,0,0"),
        (("--legend", "cat=1,2,999"), "--legend: colour: expected channels from 0 to 255"),
        (("--legend", "a=250,0,0;b=255,0,0"), "--legend: legend: expected"),
        (("--legend", "a=red;a=blue"), "--legend: legend: expected each label once, got 'a' twice."),
        (("--legend", "a=red", "--prompt", "x"), "One of --meta, --prompt and --legend says how to decode, got"),
        (("--meta", "absent.json"), "--meta absent.json cannot be read: No such file or directory."),
        (("--task", "depth", "--format", "tiff"), "--format must be one of npy, exr, png, json, got 'tiff'."),
    ],
)
def test_bad_flags_are_one_sentence(
    verichrome: CommandLine, tmp_path: Path, depth: np.ndarray, flags: tuple[str, ...], message: str
) -> None:
    answer = verichrome("decode", str(tmp_path / "depth.png"), *flags, "--out", str(tmp_path / "out.npy"))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(message)
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "out.npy").exists()


def test_bad_outputs_are_one_sentence(verichrome: CommandLine, tmp_path: Path, depth: np.ndarray) -> None:
    source = str(tmp_path / "depth.png")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/depth.png").write_bytes((tmp_path / "depth.png").read_bytes())
    for images, out, message in (
        ([source], "no/d.npy", "is not a folder."),
        ([source], "d.tiff", "--out must be a file that ends in .npy, .exr, .png, .json"),
        ([source, source], "d.npy", "--out must be a folder for several images"),
        ([source, str(tmp_path / "other/depth.png")], "both", "Two images are named 'depth'"),
        ([source], "d.json", "depth is a map of numbers: name a .npy, .exr or .png file for it"),
    ):
        answer = verichrome("decode", *images, "--task", "depth", "--out", str(tmp_path / out))
        assert answer.code == 2
        assert message in answer.err
        assert not (tmp_path / out).exists()


def test_an_answer_whose_text_gives_the_colours(verichrome: CommandLine, tmp_path: Path, pets: np.ndarray) -> None:
    prompt = (
        "First write the legend as text, <p>name-0<color>(R,G,B)</color></p> for every segment, then paint the panoptic"
        " segmentation in these colors on black. Classes: cat, dog."
    )
    command = ("decode", str(tmp_path / "pets.png"), "--prompt", prompt, "--out", str(tmp_path / "ids.json"))
    without = verichrome(*command)
    assert without.code == 1
    assert "expected the answer's text in pets.txt beside it, got no such file" in without.err
    (tmp_path / "pets.txt").write_text("<p>dog-0<color>(0,255,0)</color></p>, <p>cat-3<color>(255,0,0)</color></p>")
    assert verichrome(*command).code == 0
    masks = json.loads((tmp_path / "ids.json").read_text())["annotations"]
    assert [(mask["label"], mask["area"]) for mask in masks] == [
        ("dog-0", int((pets == 2).sum())),
        ("cat-3", int((pets == 1).sum())),
    ]
