"""The command line: what it refuses, in which words, and that it then leaves nothing behind."""

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from render.settings import DEFAULT_SAMPLES
from scenes import family_names
from tests.job.conftest import Answer, Ran
from tests.job.fake_engine import FakeBlender
from verichrome.cli import app
from verichrome.config import FIELDS
from verichrome.configfile import parse, resolve

FAMILIES = ", ".join(family_names())
CommandLine = Callable[..., Answer]
Hide = Callable[[str], None]


@pytest.fixture
def hide(monkeypatch: pytest.MonkeyPatch) -> Hide:
    """Make a package look as if it were not installed."""
    from verichrome.commands import generate

    def do(name: str) -> None:
        if name == "ray":
            monkeypatch.setattr(generate, "installed", lambda package: "" if package == "ray" else "1.0")
        else:
            monkeypatch.setattr(generate, "installed", lambda package: "1.0")
            monkeypatch.setattr(generate, "blender_installed", lambda: False)

    return do


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine pass for one that can render, so that the checks after that are reached."""
    from verichrome.commands import generate

    monkeypatch.setattr(generate, "check_renderer", lambda config: None)


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    for command in ("generate", "config", "encode", "audit", "preview", "doctor"):
        assert command in result.output


#: Packages that take long to import.
SLOW = ("bpy", "ray", "scipy", "pyarrow", "webdataset", "PIL", "numpy")


@pytest.mark.parametrize(
    ("command", "code", "needed"),
    [
        ("--help", 0, []),
        ("generate --help", 0, []),
        ("config", 0, []),
        ("categories", 0, []),
        ("generate --scenes none", 2, []),
        ("generate --family shapes", 2, ["PIL", "numpy"]),  # without --out
        ("audit nowhere", 2, ["pyarrow", "PIL", "numpy"]),
    ],
)
def test_a_command_loads_only_what_it_needs(command: str, code: int, needed: list[str]) -> None:
    script = (
        "import sys\n"
        "from verichrome.__main__ import main\n"
        f"try:\n    main({command.split()})\n"
        f"finally:\n    print('loaded', *(name for name in {SLOW} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == code
    loaded = done.stderr.splitlines()[-1].split()[1:]
    assert set(loaded) <= set(needed)


def test_generate_has_a_flag_for_every_field() -> None:
    help_text = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["generate", "--help"]).output
    for name in FIELDS:
        assert f"--{name.replace('_', '-')}" in help_text


def test_config_prints_the_default(verichrome: CommandLine) -> None:
    result = verichrome("config")
    assert result.code == 0
    assert resolve(parse(result.out, "stdout")) == resolve()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--resolution", "0"], "resolution must have sides from 16 to 8192 pixels, got 0."),
        (["--samples", "0"], "samples must be at least 1, got 0."),
        (["--family", "table"], f"family must be one of {FAMILIES} (did you mean tabletop?), got table."),
        (
            ["--family", "assets"],
            "assets must name a folder of meshes for the family assets (assets: PATH or --assets PATH), got nothing.",
        ),
        (["--assets", "/absent"], "assets must name a folder, and /absent is none."),
        (["--library", "abc"], "library is given, and none of assets, blend, hdris and materials that it would be of."),
        (["absent.yaml"], "Cannot read the configuration absent.yaml: No such file or directory."),
    ],
)
def test_each_wrong_field_gives_one_sentence(
    verichrome: CommandLine, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    result = verichrome("generate", *arguments, "--out", str(tmp_path / "out"))
    assert (result.code, result.out, result.err) == (2, "", sentence + "\n")
    assert not (tmp_path / "out").exists()


def test_flags_win_over_the_file(verichrome: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("render: {samples: 0}\njob: {scenes: 0}\n")
    result = verichrome("generate", str(tmp_path / "c.yaml"), "--samples", "2", "--out", str(tmp_path / "out"))
    assert result.err == "scenes must be at least 1, got 0.\n"


def test_a_file_without_sections_is_refused_with_what_to_do(verichrome: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("family: room\nsamples: 8\n")
    refused = verichrome("generate", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "out"))
    assert refused.code == 2
    assert "set `format: 2` and put its fields under their sections (family under scenes:, samples under" in refused.err


def test_an_unknown_field_in_the_file_is_refused(verichrome: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("render: {sample: 3}\n")
    result = verichrome("generate", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "out"))
    assert result.code == 2
    assert result.err.startswith("render.sample is not a field (did you mean samples?); the fields are resolution, ")


INSTALL = "on Python 3.13, `uv sync --extra render` or `pip install '.[render]'` in a checkout of Verichrome.\n"


@pytest.mark.parametrize(
    ("package", "sentence"),
    [
        ("ray", "Ray is not installed, and rendering needs it: " + INSTALL),
        (
            "bpy",
            "Blender (the bpy package) is not installed, and rendering needs it: " + INSTALL,
        ),
    ],
)
def test_generate_without_the_render_extra_says_what_to_install(
    verichrome: CommandLine, tmp_path: Path, hide: Hide, package: str, sentence: str
) -> None:
    hide(package)
    result = verichrome("generate", "--out", str(tmp_path / "out"))
    assert (result.code, result.err) == (2, sentence)
    assert not (tmp_path / "out").exists()


def test_generate_without_a_system_library_says_what_to_install(
    verichrome: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verichrome.commands import generate

    monkeypatch.setattr(generate, "installed", lambda name: "1.0")
    monkeypatch.setattr(generate, "blender_installed", lambda: True)
    monkeypatch.setattr(generate, "missing_libraries", lambda: ("libXi.so.6",))
    result = verichrome("generate", "--out", str(tmp_path / "out"))
    assert result.code == 2
    assert result.err == "Blender lacks system libraries (libXi.so.6); on Debian or Ubuntu: apt-get install libxi6\n"


def test_generate_without_out_is_refused(verichrome: CommandLine, able: None) -> None:
    result = verichrome("generate", "--family", "shapes")
    assert (result.code, result.err) == (2, "generate needs --out, the folder or URL to write to.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_without_write_permission_is_refused(
    verichrome: CommandLine, able: None, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    result = verichrome("generate", "--out", str(tmp_path / "out"))
    assert result.code == 2
    assert result.err == f"The output {tmp_path / 'out'} cannot be written: {tmp_path}: Permission denied.\n"


def test_an_output_on_a_file_system_that_takes_no_files_is_refused(verichrome: CommandLine, able: None) -> None:
    result = verichrome("generate", "--out", "/proc/out")
    assert result.code == 2
    assert result.err == "The output /proc/out cannot be written: /proc takes no files (No such file or directory).\n"


def test_an_output_folder_below_a_file_is_refused(verichrome: CommandLine, able: None, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = verichrome("generate", "--out", str(tmp_path / "file" / "out"))
    assert result.code == 2
    assert (
        result.err
        == f"The output {tmp_path / 'file' / 'out'} cannot be written: {tmp_path / 'file'} is not a folder.\n"
    )


def test_a_file_as_output_folder_is_refused(verichrome: CommandLine, able: None, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = verichrome("generate", "--out", str(tmp_path / "file"))
    assert result.err == f"The output {tmp_path / 'file'} is a file; --out must name a folder.\n"


def test_an_output_folder_with_other_files_is_refused(verichrome: CommandLine, able: None, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    result = verichrome("generate", "--out", str(tmp_path))
    assert result.err == f"{tmp_path} is not empty and holds no config.yaml (but thesis.tex); take another --out.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_an_output_folder_of_another_configuration_is_refused(
    verichrome: CommandLine, able: None, tmp_path: Path, whole: Ran
) -> None:
    before = whole.shards()
    result = verichrome("generate", str(whole.folder / "config.yaml"), "--samples", "5", "--seed", "9")
    assert result.code == 2
    assert result.err == (
        f"{whole.folder} holds the work of another configuration: seed is 0 there and 9 here, "
        f"samples is {DEFAULT_SAMPLES} there and 5 here; take another --out, or the same settings.\n"
    )
    assert whole.shards() == before


@pytest.mark.parametrize("command", ["encode", "audit"])
def test_a_folder_that_is_not_a_data_set_is_refused_by_every_command(
    verichrome: CommandLine, tmp_path: Path, command: str
) -> None:
    out = ["--out", str(tmp_path / "out")] if command == "encode" else []
    for path in (tmp_path, tmp_path / "absent", tmp_path / "frames"):
        result = verichrome(command, str(path), *out)
        assert result.code == 2
        assert result.err.count("\n") == 1
        assert str(path) in result.err
    assert not (tmp_path / "out").exists()


def test_encode_makes_the_same_pairs_again(verichrome: CommandLine, tmp_path: Path, whole: Ran) -> None:
    for path in (whole.folder, whole.folder / "frames"):
        out = tmp_path / path.name
        result = verichrome("encode", str(path), "--out", str(out), "--workers", "1")
        assert result.code == 0, result.err
        pairs = {name: content for name, content in whole.shards().items() if name.startswith("pairs")}
        assert {path.name: path.read_bytes() for path in (out / "pairs").iterdir()} == pairs
        assert (out / "preview.png").exists()
    assert "2 shards were there already" in verichrome("encode", str(path), "--out", str(out), "--workers", "1").err


def test_an_audit_that_cannot_find_the_frames_says_so(verichrome: CommandLine, tmp_path: Path, whole: Ran) -> None:
    out = tmp_path / "again"
    assert verichrome("encode", str(whole.folder), "--out", str(out), "--workers", "1").code == 0
    result = verichrome("audit", str(out))
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"{out} holds pairs and no frames: name the folder of their frames, verichrome audit {out} --frames DIR.\n"
    )
    for path in (tmp_path / "absent", out, out / "config.yaml"):
        result = verichrome("audit", str(out), "--frames", str(path))
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
        assert str(path) in result.err


def test_encode_makes_other_tasks_in_several_processes(verichrome: CommandLine, tmp_path: Path, whole: Ran) -> None:
    out = tmp_path / "depth"
    result = verichrome(
        "encode", str(whole.folder), "--out", str(out), "--tasks", "depth", "--prompts-per-task", "2", "--workers", "2"
    )
    assert result.code == 0, result.err
    assert "16 pairs of 8 frames" in result.err


def test_encode_refuses_a_folder_of_other_pairs(verichrome: CommandLine, whole: Ran) -> None:
    result = verichrome("encode", str(whole.folder), "--out", str(whole.folder), "--tasks", "depth")
    assert result.code == 2
    assert "tasks is depth,normals,semantic,instance,referring,amodal there and depth here" in result.err


@pytest.mark.parametrize("name", ["sheet.jpg", "absent/sheet.png"])
def test_preview_needs_a_writable_png_path(verichrome: CommandLine, tmp_path: Path, name: str) -> None:
    result = verichrome("preview", "--family", "shapes", "--out", str(tmp_path / name))
    assert result.code == 2
    assert result.err.count("\n") == 1


@pytest.mark.usefixtures("_ray")
def test_preview_leaves_one_sheet(verichrome: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from verichrome.commands import generate, preview

    monkeypatch.setattr(preview, "run_job", functools.partial(generate.run_job, make_engine=FakeBlender()))
    sheet = tmp_path / "sheet.png"
    result = verichrome("preview", "--family", "shapes", "--scenes", "1", "--resolution", "64", "--out", str(sheet))
    assert (result.code, result.err) == (0, f"Wrote {sheet}.\n")
    assert sheet.read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.png"]


def test_a_device_that_the_machine_lacks_is_refused(
    verichrome: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from render.blender_check import BlenderCheck

    monkeypatch.setattr("verichrome.commands.generate.missing_libraries", lambda: ())
    monkeypatch.setattr("verichrome.commands.generate.blender_installed", lambda: True)
    monkeypatch.setattr("verichrome.commands.generate.check_blender", lambda: BlenderCheck("5.2", (("CUDA", "X"),)))
    result = verichrome("generate", "--device", "optix", "--out", str(tmp_path / "out"))
    assert result.code == 2
    assert result.err == "device must be one that Cycles finds on this machine (cpu, cuda), got optix.\n"
    assert not (tmp_path / "out").exists()


def test_preview_refuses_a_folder_as_output(verichrome: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "d.png").mkdir()
    result = verichrome("preview", "--out", str(tmp_path / "d.png"))
    assert result.code == 2
    assert result.err == f"--out must name a .png file for the picture, got {tmp_path / 'd.png'}.\n"


def test_stats_counts_a_folder(verichrome: CommandLine, copy: Ran) -> None:
    result = verichrome("stats", str(copy.folder))
    assert result.code == 0
    assert "8 frames of 4 scenes" in result.out
    assert "near-duplicates" in result.out
    assert (copy.folder / "stats.png").read_bytes().startswith(b"\x89PNG")


def test_stats_refuses_what_it_cannot_read_or_write(verichrome: CommandLine, whole: Ran, tmp_path: Path) -> None:
    result = verichrome("stats", str(tmp_path))
    assert result.code == 2
    assert "is not a folder of frames" in result.err
    result = verichrome("stats", str(whole.folder), "--out", str(tmp_path / "page.pdf"))
    assert result.code == 2
    assert "--out must name a .png file" in result.err
