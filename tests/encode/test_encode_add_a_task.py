"""docs/add-a-task.md works as written: its files, laid out as an installed distribution, in a fresh interpreter."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import encode

_ROOT = Path(encode.__file__).parents[1]
_HERE = Path(__file__).parent

PROGRAM = """
from dataclasses import replace
import numpy as np
from raycaster import build_frame
from encode import audit_pair, get_task, make_pairs, meta_of_prompt, parse, task_names

assert task_names()[-1] == "contours", task_names()
frame = build_frame()
task = get_task("contours")
for split in ("train", "heldout"):
    pairs = make_pairs(frame, ["contours", "depth"], seed=0, prompts_per_task=5, split=split)
    assert len(pairs) == 10
    for pair in pairs[:5]:
        assert parse(pair.prompt).task == "contours"
        assert parse(pair.prompt).split == split
        assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
        assert task.score(pair.target, frame, pair.meta)["iou"] == 1
        assert task.confidence(pair.target, pair.meta).min() == 1
        by_prompt = meta_of_prompt(pair.prompt, pair.meta.shape)
        assert (by_prompt.task, by_prompt.codec) == ("contours", "flat-colors")
        assert (task.decode(pair.target, by_prompt) == task.decode(pair.target, pair.meta)).all()
        assert task.summarise([task.score(pair.target, frame, pair.meta)])["giou"] == 1
        lie = replace(pair.meta, colors=(replace(pair.meta.colors[0], ids=(77,)),))
        assert "expected entry 0 to be 'contour'" in audit_pair(frame, pair.target, pair.prompt, lie)[0]
        changed = pair.target.copy()
        changed[3, 4] ^= 255
        assert "row 3, column 4" in audit_pair(frame, changed, pair.prompt, pair.meta)[0]
lonely = build_frame([])
assert len(make_pairs(lonely, ["contours"], seed=0)) <= 1
print("done")
"""


def files_of_the_page() -> dict[str, str]:
    """Each code block under the heading that names its file."""
    text = (_ROOT / "docs" / "add-a-task.md").read_text("utf-8")
    return dict(re.findall(r"^## `([\w./]+)`\n.*?^```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE))


def install(files: dict[str, str], folder: Path) -> None:
    """Lay the files out as pip does: the package, and a dist-info folder with the entry points of pyproject.toml."""
    for name, text in files.items():
        if name != "pyproject.toml":
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def run(folder: Path, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    path = ":".join(str(folder_on_path) for folder_on_path in (folder, _ROOT, _HERE))
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": path}, cwd=folder, check=False)


def test_the_example_of_the_docs_works(tmp_path: Path) -> None:
    files = files_of_the_page()
    assert set(files) == {
        "pyproject.toml",
        "verichrome_contours/templates.toml",
        "verichrome_contours/__init__.py",
    }
    install(files, tmp_path)
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


def test_the_example_needs_the_public_modules_alone() -> None:
    code = files_of_the_page()["verichrome_contours/__init__.py"]
    assert set(re.findall(r"^from (encode[\w.]*) import", code, re.MULTILINE)) == {"encode", "encode.extend"}


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "verichrome_contours/templates.toml",
            'task = "contours"',
            'task = "depth"',
            "PromptError: entry point contours of verichrome.templates: expected templates of a task of that name",
        ),
        ("verichrome_contours/templates.toml", 'split = "heldout"', 'split = "test"', "a known split and voice"),
        ("verichrome_contours/templates.toml", 'codec = "flat-colors"', "", "got KeyError: 'codec'"),
        ("verichrome_contours/templates.toml", "[[template]]", "[[template", "got TOMLDecodeError"),
        ("pyproject.toml", "verichrome_contours:TEMPLATES", "verichrome_contours:WHITE", "the text of a TOML file"),
        (
            "verichrome_contours/__init__.py",
            'name = "contours"',
            'name = "depth"',
            "TaskError: entry point contours of verichrome.tasks: expected a free name",
        ),
        ("verichrome_contours/__init__.py", "def summarise", "def sum_up", "expected an encode.Task, got ContoursTask"),
    ],
)
def test_a_mistake_in_the_example_is_reported(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    files = files_of_the_page()
    assert old in files[name]
    install({**files, name: files[name].replace(old, new, 1)}, tmp_path)
    done = run(tmp_path)
    assert done.returncode == 1
    assert message in done.stderr.splitlines()[-1]


USES = """
import sys
from raycaster import build_frame
from encode import PromptError, audit_pair, get_task, make_pairs, parse, task_names, why_unusable
from encode.errors import TaskError

frame = build_frame()
pair = make_pairs(frame, ["depth"], seed=0)[0]
assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
assert "contours" in task_names()
for use in (lambda: get_task("contours"), lambda: make_pairs(frame, ["contours"], seed=0)):
    try:
        use()
    except TaskError as error:
        print(error)
    else:
        print("fine")
try:
    print(audit_pair(frame, pair.target, pair.prompt, __import__("dataclasses").replace(pair.meta, task="contours"))[0])
except PromptError as error:
    print(error)
"""


@pytest.mark.parametrize(
    "statement", ["import nothing_there", "raise SystemExit(0)", "def (", "raise KeyError('x')", "exit()"]
)
def test_a_task_that_does_not_load_leaves_the_others_usable(tmp_path: Path, statement: str) -> None:
    files = files_of_the_page()
    install({**files, "verichrome_contours/__init__.py": f"{statement}\n"}, tmp_path)
    done = run(tmp_path, USES)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert all("entry point contours of verichrome.tasks: expected a task that loads" in line for line in lines)
    assert lines[2].startswith("not checked, since its task does not load: ")


@pytest.mark.parametrize("statement", ["raise SystemExit(0)", "exit()", "raise GeneratorExit", "1 / 0", "return 3"])
def test_a_task_that_fails_is_one_error(tmp_path: Path, statement: str) -> None:
    files = files_of_the_page()
    old = re.search(r"    def make\(self.*?\n", files["verichrome_contours/__init__.py"])
    assert old is not None
    code = files["verichrome_contours/__init__.py"].replace(old[0], f"{old[0]}        {statement}\n", 1)
    install({**files, "verichrome_contours/__init__.py": code}, tmp_path)
    done = run(tmp_path, USES)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "fine"
    assert done.stdout.splitlines()[1].startswith("task contours, make: expected ")
