"""The code of docs/decoding.md runs as written."""

import json
import re
import runpy
from pathlib import Path

import numpy as np
import pytest

import encode
from encode import Frame, make_pairs, task_names, write_png

PAGE = (Path(encode.__file__).parents[1] / "docs" / "decoding.md").read_text("utf-8")


@pytest.mark.parametrize("task", task_names())
def test_the_page_decodes_every_task(frame: Frame, task: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    monkeypatch.chdir(tmp_path)
    Path("KEY.meta.json").write_text(json.dumps(pair.meta.to_json()))
    write_png("answer.png", pair.target)
    namespace: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(code, namespace)
    assert isinstance(namespace["trust"], np.ndarray)
    assert namespace["trust"].shape == pair.meta.shape
    assert f"| {task} |" in PAGE


def test_the_page_lists_every_degradation_for_every_task() -> None:
    degradations = runpy.run_path(str(Path(encode.__file__).parents[1] / "benchmarks" / "degradations.py"))[
        "DEGRADATIONS"
    ]
    rows = re.findall(r"^\| ([^|]+) \| [\d.]+ \|", PAGE, re.MULTILINE)
    assert rows == ["pairs", *degradations] * 3
    headings = " ".join(re.findall(r"^\| degraded by \| (.*) \|$", PAGE, re.MULTILINE))
    assert set(task_names()) <= set(headings.split())
