"""What the commands print about assets: lists, one sentence for bad input, and that a changed file is noticed."""

from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from verichrome.cli import app
from verichrome.configfile import resolve
from verichrome.errors import UsageError
from verichrome.library import with_library

CORNERS = ((0, 0, 0), (0.1, 0, 0), (0, 0.1, 0), (0, 0, 0.1))
FACES = ((0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3))


def tetrahedron(path: Path, scale: float = 1.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"v {x * scale} {y * scale} {z * scale}" for x, y, z in CORNERS]
    lines += [f"f {a + 1} {b + 1} {c + 1}" for a, b, c in FACES]
    path.write_text("\n".join(lines), encoding="ascii")


def test_the_command_needs_something_to_list() -> None:
    result = CliRunner().invoke(app, ["assets"])
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "assets needs a folder of meshes, --blend, --hdris or --materials to list."


@pytest.mark.render
def test_the_list_and_its_exit_code(tmp_path: Path) -> None:
    tetrahedron(tmp_path / "mugs" / "a.obj")
    tetrahedron(tmp_path / "mugs" / "huge.obj", 1000)
    (tmp_path / "mugs" / "empty.obj").write_text("# nothing")
    result = CliRunner().invoke(app, ["assets", str(tmp_path)])
    assert result.exit_code == 0
    size = "give its scale or size in assets.yaml"
    assert result.output.splitlines() == [
        "mesh      mugs/a.obj: mug, 0.1 x 0.1 x 0.1 m, 4 faces, no materials",
        "skipped   mugs/empty.obj: it holds no faces",
        f"skipped   mugs/huge.obj: it is 100 m large, and a mug is 0.085 to 0.15 m: {size}",
        "1 can be used, 2 are skipped.",
    ]
    (tmp_path / "mugs" / "a.obj").unlink()
    assert CliRunner().invoke(app, ["assets", str(tmp_path)]).exit_code == 1


@pytest.mark.render
def test_a_changed_file_is_noticed_wherever_the_folder_is(tmp_path: Path) -> None:
    console = Console(quiet=True)
    tetrahedron(tmp_path / "one" / "mug" / "a.obj")
    tetrahedron(tmp_path / "two" / "mug" / "a.obj")
    config, library = with_library(resolve({"assets": str(tmp_path / "one")}), console)
    assert config.scenes.library == library.digest
    moved = config.changed(assets=str(tmp_path / "two"))
    assert with_library(moved, console) == (moved, library)
    tetrahedron(tmp_path / "two" / "mug" / "a.obj", 1.1)
    with pytest.raises(UsageError, match=rf"got {config.scenes.library}: they have changed"):
        with_library(moved, console)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"assets: nothing in .*can be used; `verichrome assets` lists the reasons"):
        with_library(resolve({"assets": str(tmp_path / "empty")}), console)
