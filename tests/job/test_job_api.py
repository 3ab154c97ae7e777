"""`import verichrome`: light, documented, and the code of the README does what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import verichrome
from encode import SceneIndex
from render.errors import RenderError
from scenes import AssetLibrary
from shards import ShardIndex
from tests.job.fake_engine import FakeBlender
from verichrome.messages import StageSeconds
from verichrome.worker.sampling import SampledScene
from verichrome.worker.scene import SceneMaker

README = Path(__file__).parents[2] / "README.md"


def test_importing_verichrome_loads_no_other_package() -> None:
    script = (
        "import sys, verichrome; assert verichrome.__version__ and 'render' in dir(verichrome); "
        "print(*(name for name in ('bpy', 'ray', 'numpy', 'pyarrow', 'pydantic') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_public_name_exists_and_is_documented() -> None:
    for name in verichrome.__all__:
        assert getattr(verichrome, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'verichrome' has no attribute 'rendre'"):
        verichrome.rendre  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.render
@pytest.mark.slow
def test_the_code_of_the_readme(tmp_path: Path) -> None:
    pytest.importorskip("bpy")
    code = next(
        block for block in re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
        if block.startswith("import verichrome\n")
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert (done.returncode, done.stderr) == (0, "")
    assert "depth {'delta1': 1.0" in done.stdout


def rendered(config: verichrome.Config, index: int) -> verichrome.SceneFrames:
    """A scene as `verichrome.render` returns it, but by the engine without Blender."""
    engine = FakeBlender()(config.render.settings())
    spec = verichrome.sample(config, index)
    maker = SceneMaker(config, AssetLibrary(), lambda _: None, engine)
    sampled = SampledScene(spec, engine.render(spec))
    finished = maker.finish(SceneIndex(index), ShardIndex(0), sampled, StageSeconds(), [])
    return verichrome.SceneFrames(spec, finished)


def test_the_api_writes_a_sound_data_set(tmp_path: Path) -> None:
    config = verichrome.configure(
        family="shapes", resolution=64, scenes_per_shard=2, tasks="depth,semantic", out=str(tmp_path / "set")
    )
    scenes = [rendered(config, index) for index in range(3)]
    dataset = verichrome.write(config, scenes)
    written = [frame.key for frame in dataset.frames()]
    assert written == [frame.key for scene in scenes for frame in scene.frames]
    assert sorted(path.name for path in (tmp_path / "set" / "pairs").iterdir()) == [
        "pairs-000000.tar", "pairs-000001.tar",
    ]  # fmt: skip
    for frame, pair in verichrome.open_dataset(tmp_path / "set" / "pairs").pairs_with_frames():
        assert pair.meta.frame_key == frame.key
        assert pair.prompt in {encoded.prompt for encoded in verichrome.encode(config, frame)}


def test_scenes_out_of_order_are_refused(tmp_path: Path) -> None:
    config = verichrome.configure(family="shapes", resolution=64, out=str(tmp_path / "set"))
    with pytest.raises(ValueError, match=r"expected scenes of the indices 0, 1, 2\.\.\., got \[1\]"):
        verichrome.write(config, [rendered(config, 1)])
    with pytest.raises(verichrome.UsageError, match="is not a data set"):
        verichrome.open_dataset(tmp_path)


@pytest.mark.render
def test_a_render_that_takes_too_long_is_an_error() -> None:
    pytest.importorskip("bpy")
    config = verichrome.configure(family="shapes", scene_timeout=1, samples=4096)
    with pytest.raises(RenderError, match="took more than 1 s"):
        verichrome.render(config, verichrome.sample(config, 0))
