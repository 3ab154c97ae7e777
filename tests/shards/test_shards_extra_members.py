"""A text answer and a second source image: stored, read, audited and exported, in every sample or in none."""

import gc
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import webdataset as wds
from PIL import Image

import shards.export.exporting
from encode import ExtraMember, Frame, Pair, audit_pair, make_pairs
from encode.reading.limits import MOST_PROMPT
from shards import BadSample, PairExpectations, Store, WriteRefused, iter_pairs, pair_members, read_pair, write_card
from shards.audit.draws import draw_problems
from shards.audit.pair import form_problems
from shards.export import FORMATS, export_dataset
from shards.gallery.pair_page import describe_pair
from tests.shards.conftest import HEIGHT, WIDTH
from tests.shards.export_reading import read_export
from tests.shards.export_sets import pairs_of_set

BOTH: frozenset[ExtraMember] = frozenset(("answer.txt", "source2.png"))
ANSWER = '<p>floor-0<color>(1,2,3)</color></p>\n"é", {b}'


def two_pairs(frame: Frame, plain: Callable[[Frame], tuple[Pair, ...]]) -> tuple[Pair, Pair]:
    """One without text answer and second source, and one with both."""
    depth, _, _, referring, _ = plain(frame)
    mark = np.zeros_like(referring.target)
    mark[10:20, 30:40] = (255, 0, 0)
    return depth, replace(referring, answer=ANSWER, source2=mark)


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[..., None],
    plain_pairs: Callable[[Frame], tuple[Pair, ...]],
) -> Store:
    store = Store(tmp_path_factory.mktemp("extra") / "set")
    fill(store, 2, 1, 1, pairs_of=lambda frame: two_pairs(frame, plain_pairs), extra_members=BOTH)
    write_card(store)
    return store


def folder_of(store: Store) -> Path:
    assert store.folder is not None
    return Path(store.folder)


def test_pairs_come_back(make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]) -> None:
    plain, full = two_pairs(make_frame(), plain_pairs)
    image = make_frame().image
    empty = pair_members(plain, image, extra_members=BOTH)
    assert set(empty) - set(pair_members(plain, image)) == BOTH
    assert {name: content for name, content in empty.items() if name not in BOTH} == pair_members(plain, image)
    assert empty["answer.txt"] == b""
    black = np.asarray(Image.open(io.BytesIO(empty["source2.png"])))
    assert black.shape == (HEIGHT, WIDTH, 3)
    assert not black.any()
    assert len(empty["source2.png"]) < 300
    read = read_pair(plain.key, empty).pair
    assert (read.answer, read.source2) == ("", None)
    read = read_pair(full.key, pair_members(full, image, extra_members=BOTH)).pair
    assert read.answer == ANSWER
    np.testing.assert_array_equal(read.source2, full.source2)


def test_what_the_data_set_does_not_have_is_not_dropped(
    make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    full = two_pairs(make_frame(), plain_pairs)[1]
    with pytest.raises(BadSample, match=r"expected answer.txt among the data set's extra members"):
        pair_members(full, make_frame().image, extra_members=["source2.png"])
    assert full.source2 is not None
    small = replace(full)
    object.__setattr__(small, "source2", full.source2[1:])  # which jaxtyping, in tests alone, forbids
    with pytest.raises(BadSample, match=r"source2 .* must have one shape"):
        pair_members(small, make_frame().image, extra_members=BOTH)


@pytest.mark.parametrize(
    ("suffix", "content", "message"),
    [
        ("answer.txt", b"\xff", "answer.txt: 'utf-8' codec"),
        ("answer.txt", b"x" * (MOST_PROMPT + 1), "answer.txt: expected at most 16384 characters, got 16385"),
        ("source2.png", b"no image", "source2.png"),
        ("source3.png", b"", "expected the members"),
    ],
)
def test_hostile_members_are_named(
    make_frame: Callable[..., Frame],
    plain_pairs: Callable[[Frame], tuple[Pair, ...]],
    suffix: str,
    content: bytes,
    message: str,
) -> None:
    pair = two_pairs(make_frame(), plain_pairs)[1]
    members = pair_members(pair, make_frame().image, extra_members=BOTH)
    with pytest.raises(BadSample, match=message):
        read_pair(pair.key, {**members, suffix: content})


def test_a_second_source_of_another_size_is_refused_before_it_is_decoded(
    make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    pair = two_pairs(make_frame(), plain_pairs)[1]
    stream = io.BytesIO()
    Image.new("RGB", (4000, 4000)).save(stream, "PNG")
    members = {**pair_members(pair, make_frame().image, extra_members=BOTH), "source2.png": stream.getvalue()}
    with pytest.raises(BadSample, match=r"source2.png: expected .*96.*4000"):
        read_pair(pair.key, members)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_webdataset_reads_them_in_every_sample(store: Store) -> None:
    urls = str(folder_of(store) / "pairs/pairs-{000000..000001}.tar")
    samples = list(wds.WebDataset(urls, shardshuffle=False).decode("pil"))
    gc.collect()
    assert [sample["answer.txt"] for sample in samples] == ["", ANSWER] * 2
    assert [bool(np.asarray(sample["source2.png"]).any()) for sample in samples] == [False, True] * 2
    assert {sample["source2.png"].size for sample in samples} == {(WIDTH, HEIGHT)}


@pytest.mark.filterwarnings("default")  # of a third party and its dependencies
def test_datasets_reads_them_as_the_card_says(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    datasets = pytest.importorskip("datasets")
    cache, folder = str(tmp_path / "cache"), folder_of(store)
    loaded = datasets.load_dataset(str(folder), split="train", cache_dir=cache)
    inferred = datasets.load_dataset(
        "webdataset", data_files=str(folder / "pairs/*.tar"), split="train", cache_dir=cache
    )
    assert loaded.features == inferred.features
    assert loaded.features["source2.png"] == datasets.Image()
    assert loaded["answer.txt"][:] == ["", ANSWER] * 2
    text = (folder / "README.md").read_text()
    assert "| `answer.txt` | text that stands before the image" in text
    assert "| `source2.png` | a second source image" in text


def test_the_audit_knows_which_members_there_must_be(
    make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    frame = make_frame()
    plain, full = two_pairs(frame, plain_pairs)
    expected = PairExpectations("f" * 64, ("depth",), 1, seed=11, split="train", source="source.png")

    def details(members: frozenset[ExtraMember], wanted: frozenset[ExtraMember] | None) -> list[str]:
        stored = pair_members(plain, frame.image, extra_members=members)
        found = form_problems(plain, stored, None, replace(expected, extra_members=wanted))
        return [detail for check, detail in found if check == "config"]

    assert details(BOTH, BOTH) == details(frozenset(), frozenset()) == details(BOTH, None) == []
    assert details(frozenset(("answer.txt",)), BOTH) == [
        "expected the member source2.png by the tasks of config.yaml, got none"
    ]
    assert details(BOTH, frozenset()) == [
        f"expected no member {name} by the tasks of config.yaml, got one" for name in sorted(BOTH)
    ]
    drawn = make_pairs(frame, ["depth"], seed=11)[0]
    assert audit_pair(frame, drawn.target, drawn.prompt, drawn.meta) == []
    assert audit_pair(frame, drawn.target, drawn.prompt, drawn.meta, ANSWER, full.source2) == [
        "answer.txt is not empty, but the task depth has none",
        "source2.png is not empty, but the task depth has none",
    ]
    lies = replace(drawn, answer="x", source2=full.source2)
    found = [detail for _, _, detail in draw_problems(frame, [lies], expected, same=True)]
    assert found == [
        "expected the text answer '' that seed 11 draws, got 'x'",
        "expected the second source that seed 11 draws, 100 pixels differ",
    ]


def test_the_page_of_a_pair_shows_them(
    make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    pages = [describe_pair(pair, None) for pair in two_pairs(make_frame(), plain_pairs)]
    assert [(page["text_answer"], page["source2"]) for page in pages] == [("", False), (ANSWER, True)]


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the pairs were of a task that declares both."""

    def members(tasks: Any) -> frozenset[ExtraMember]:
        return BOTH if "referring" in tasks else frozenset()

    monkeypatch.setattr(shards.export.exporting, "extra_members", members)


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.takes_source2])
def test_a_format_of_one_source_refuses_them(name: str, store: Store, tmp_path: Path) -> None:
    out = Store(tmp_path / "out")
    with pytest.raises(WriteRefused, match="pairs of referring have a second one: leave them out with --tasks"):
        export_dataset(store, out, FORMATS[name])
    assert not (tmp_path / "out").exists()


def _edit_images(row: Any) -> list[str]:
    images = row["edit_image"]
    return [images] if isinstance(images, str) else list(images)


def _control_paths(row: Any) -> list[str]:
    return [row[name] for name in sorted(row) if name.startswith("control_path")]


def _contexts(row: Any) -> list[str]:
    names = [
        [media["file_name"] for media in row["media"] if media["role"] == role] for role in ("context", "condition")
    ]
    assert names[0] == names[1]
    return names[0]


#: Where a format's index names the files of the sources of a pair.
_NAMED: dict[str, tuple[str, Callable[[Any], list[str]]]] = {
    "diffsynth": ("metadata_train.jsonl", _edit_images),
    "musubi": ("train.jsonl", _control_paths),
    "nemo": ("train.jsonl", _contexts),
    "omnigen2": ("train.jsonl", lambda row: row["input_images"]),
}


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize("name", sorted(_NAMED))
def test_formats_of_files_name_both_sources(name: str, store: Store, tmp_path: Path) -> None:
    summary = export_dataset(store, Store(tmp_path / "out"), FORMATS[name])
    assert any("answer.txt of referring is left out" in warning for warning in summary.warnings)
    index, sources = _NAMED[name]
    rows = [json.loads(line) for line in (tmp_path / "out" / index).read_text().splitlines()]
    pairs = list(iter_pairs(store))
    assert [len(sources(row)) for row in rows] == [1, 2] * 2
    for row, stored in zip(rows, pairs, strict=True):
        images = [np.asarray(Image.open(tmp_path / "out" / source)) for source in sources(row)]
        expected = [stored.source, stored.pair.source2]
        for image, pixels in zip(images, expected, strict=False):
            np.testing.assert_array_equal(image, pixels)


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize("name", ["diffusers", "instruct-pix2pix", "litdata", "mds", "energon"])
def test_formats_of_columns_have_both_in_every_row(name: str, store: Store, tmp_path: Path) -> None:
    summary = export_dataset(store, Store(tmp_path / "out"), FORMATS[name])
    assert not any("answer" in warning for warning in summary.warnings)
    assert read_export(name, tmp_path / "out") == pairs_of_set(store)
    content = b"".join(path.read_bytes() for path in sorted((tmp_path / "out").rglob("*")) if path.is_file())
    for stored in iter_pairs(store):
        assert stored.pair.answer.encode() in content
