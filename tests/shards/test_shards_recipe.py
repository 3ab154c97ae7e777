"""examples/recipe: its settings on pipelines with tiny random weights, from exported pairs to scores."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

pytest.importorskip("diffusers", reason="needs diffusers")

import datasets
import peft
import torch
from diffusers.quantizers.bitsandbytes import BnB4BitDiffusersQuantizer
from safetensors.torch import load_file

from benchmarks.vae_round_trip import VaeRoundTrip
from encode import Frame, Pair, make_pairs
from examples.recipe import paint, train
from examples.recipe.editors import Editor, load_editor
from examples.recipe.exported import ExportedRow, exported_rows
from examples.recipe.settings import Recipe, read_recipe
from shards import Store, iter_pairs
from tests.shards.tiny_editors import save_tiny_editor
from verichrome.__main__ import main

pytestmark = pytest.mark.torch

RECIPES = Path(__file__).parents[2] / "examples/recipe"
NAMES = ("klein", "qwen_image_edit")


def verichrome(*arguments: object) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert ended.value.code in (None, 0)


def pairs_of(frame: Frame) -> tuple[Pair, ...]:
    return tuple(
        pair
        for split in ("train", "heldout")
        for pair in make_pairs(frame, ["depth" if split == "train" else "normals"], seed=1, split=split)
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    """A data set of two pairs for training and two held out, and its export beside it."""
    folder = tmp_path_factory.mktemp("recipe")
    fill(Store(str(folder / "set")), shards=1, scenes=2, views=1, pairs_of=pairs_of)
    verichrome("export", folder / "set", "--format", "diffusers", "--out", folder / "exported")
    return folder


@pytest.fixture(scope="module", params=NAMES)
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A recipe's file, made short, and a folder with its pipeline."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = yaml.safe_load((RECIPES / f"{request.param}.yaml").read_text())
    save_tiny_editor(settings["pipeline"], folder / "model")
    settings["training"] |= {"steps": 2, "accumulate": 1, "save_every": 1, "warmup": 0, "learning_rate": 0.01}
    settings["painting"]["steps"] = 2
    (folder / "recipe.yaml").write_text(yaml.safe_dump(settings))
    return str(folder / "recipe.yaml"), folder / "model"


@pytest.fixture(autouse=True)
def cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """bitsandbytes quantises on CPUs; diffusers 0.42 refuses to ask it to. Epochs end without datasets' pause."""
    torch.set_num_threads(1)
    monkeypatch.setattr(datasets.config, "SLEEP_TIME_ON_THREADS_SHUTDOWN", 0)
    monkeypatch.setattr(BnB4BitDiffusersQuantizer, "validate_environment", lambda *_, **__: None)
    monkeypatch.setattr(BnB4BitDiffusersQuantizer, "update_device_map", lambda *_: {"": "cpu"})


def recipe_of(tiny: tuple[str, Path]) -> Recipe:
    return read_recipe(tiny[0], str(tiny[1]))


def exact(tiny: tuple[str, Path]) -> Recipe:
    """Without quantisation, in float32."""
    return recipe_of(tiny).model_copy(update={"quantization": {}, "dtype": "float32"})


def test_from_exported_pairs_to_scores(tiny: tuple[str, Path], data: Path, tmp_path: Path) -> None:
    common = [tiny[0], "--data", str(data / "exported"), "--model", str(tiny[1]), "--device", "cpu"]
    assert train.main([*common, "--out", str(tmp_path / "lora")]) == 0
    weights = load_file(tmp_path / "lora/pytorch_lora_weights.safetensors")
    earlier = load_file(tmp_path / "lora/step-1/pytorch_lora_weights.safetensors")
    assert weights.keys() == earlier.keys()
    assert any(not torch.equal(weights[name], earlier[name]) for name in weights)

    assert paint.main([*common, "--lora", str(tmp_path / "lora"), "--out", str(tmp_path / "answers")]) == 0
    heldout = {p.pair.key for p in iter_pairs(Store(str(data / "set"))) if p.pair.meta.split == "heldout"}
    assert {path.stem for path in (tmp_path / "answers").iterdir()} == heldout
    verichrome("score", tmp_path / "answers", data / "set", "--split", "heldout", "--out", tmp_path / "report")
    assert pq.read_table(tmp_path / "report/scores.parquet")["key"].to_pylist() == sorted(heldout)


def test_training_goes_on_from_what_was_saved(tiny: tuple[str, Path], data: Path, tmp_path: Path) -> None:
    recipe = exact(tiny)

    def steps(count: int) -> list[int]:
        settings = recipe.training.model_copy(update={"steps": count})
        longer = recipe.model_copy(update={"training": settings})
        trained = train.train(load_editor(recipe, device="cpu"), longer, str(data / "exported"), tmp_path)
        return [step for step, _ in trained]

    assert steps(2) == [1, 2]
    before = load_file(tmp_path / "pytorch_lora_weights.safetensors")
    assert steps(2) == []
    after = load_file(tmp_path / "pytorch_lora_weights.safetensors")
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert steps(4) == [3, 4]
    state = torch.load(tmp_path / "state.pt", weights_only=True)
    assert {float(entry["step"]) for entry in state["optimizer"]["state"].values()} == {4.0}


def test_lora_is_where_the_recipe_says(tiny: tuple[str, Path]) -> None:
    recipe = recipe_of(tiny)
    editor = load_editor(recipe, device="cpu")
    linear = {name for name, module in editor.pipe.transformer.named_modules() if isinstance(module, torch.nn.Linear)}
    train.add_lora(editor, recipe)
    tuned = {
        name
        for name, module in editor.pipe.transformer.named_modules()
        if isinstance(module, peft.tuners.lora.bnb.Linear4bit)
    }
    # All that the blocks have but for modulation.
    assert tuned == {name for name in linear if "transformer_blocks." in name and "_mod." not in name}


def test_lora_comes_back_from_its_file(tiny: tuple[str, Path], tmp_path: Path) -> None:
    recipe = exact(tiny)
    editor = load_editor(recipe, device="cpu")
    for parameter in train.add_lora(editor, recipe):
        torch.nn.init.normal_(parameter, 0, 0.3)
    train.save_lora(editor, tmp_path)
    editor.pipe.transformer.eval()
    source = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)

    def painted(editor: Editor) -> np.ndarray:
        return editor.paint(source, "paint it", steps=2, generator=torch.Generator().manual_seed(0))

    again = load_editor(recipe, device="cpu", lora=str(tmp_path))
    np.testing.assert_allclose(painted(again).astype(int), painted(editor), atol=1)
    assert not np.array_equal(painted(load_editor(recipe, device="cpu")), painted(editor))


def test_steps_lower_the_loss_of_a_pair(tiny: tuple[str, Path]) -> None:
    recipe = exact(tiny)
    editor = load_editor(recipe, device="cpu")
    optimizer = torch.optim.AdamW(train.add_lora(editor, recipe), lr=0.02)
    rgb = np.full((64, 64, 3), 200, np.uint8)
    row = ExportedRow("key", rgb[:, ::-1], rgb, "paint it")
    losses = []
    for _ in range(12):
        loss = train.loss_of(editor, row, torch.Generator().manual_seed(3))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]


def test_latents_come_back_as_the_vae_alone_gives_them(tiny: tuple[str, Path]) -> None:
    editor = load_editor(exact(tiny), device="cpu")
    rgb = np.random.default_rng(0).integers(0, 256, (64, 96, 3), np.uint8)
    np.testing.assert_allclose(
        editor.decode(editor.encode(rgb), (64, 96)).astype(int), VaeRoundTrip(editor.pipe.vae)(rgb), atol=1
    )
    with pytest.raises(ValueError, match="sides 90x64; expected multiples of 16"):
        editor.encode(rgb[:, :90])


def test_rows_are_those_of_the_data_set(data: Path) -> None:
    pairs = {p.pair.key: p.pair for p in iter_pairs(Store(str(data / "set")))}
    rows = [row for split in ("train", "heldout") for row in exported_rows(str(data / "exported"), split)]
    assert {row.key for row in rows} == pairs.keys()
    for row in rows:
        np.testing.assert_array_equal(row.target, pairs[row.key].target)
        assert row.prompt == pairs[row.key].prompt
        assert row.source.shape == row.target.shape


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pipeline": "FluxPipeline"}, "pipeline: "),
        ({"training": {}}, "training.steps: "),
        ({"extra": 1}, "extra: "),
        ({"dtype": "float16"}, "dtype: "),
    ],
)
def test_wrong_settings_get_a_sentence(change: dict[str, object], says: str, tmp_path: Path) -> None:
    settings = yaml.safe_load((RECIPES / "klein.yaml").read_text())
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(settings | change))
    with pytest.raises(ValueError, match=says):
        read_recipe(tmp_path / "recipe.yaml")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_the_commands_say_so(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        train.main([str(RECIPES / "klein.yaml"), "--data", str(data), "--out", str(tmp_path)])
    assert ended.value.code == 2
    assert "torch finds no GPU" in capsys.readouterr().err
