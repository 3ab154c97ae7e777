"""A job's values at Ray's metrics endpoint, read as Prometheus reads it."""

import re
import time
from collections.abc import Callable
from urllib.request import urlopen

import pytest

from tests.job.conftest import Ran
from tests.job.fake_engine import Faults
from verichrome.driver.metrics import METRICS, _tag

ray = pytest.importorskip("ray")

_LINE = re.compile(r"^ray_(?P<name>verichrome_\w+)\{(?P<tags>.*)\} (?P<value>\S+)$", re.MULTILINE)


def exported_metrics(out: str) -> dict[str, float]:
    """The values of the job that writes to `out`, by name and, where there is one, stage."""
    with urlopen(f"http://127.0.0.1:{ray.nodes()[0]['MetricsExportPort']}/metrics") as answer:
        text = answer.read().decode()
    metrics = {}
    for line in _LINE.finditer(text):
        tags = dict(re.findall(r'(\w+)="([^"]*)"', line["tags"]))
        if tags["out"] == out:
            metrics[" ".join(filter(None, (line["name"], tags.get("stage"))))] = float(line["value"])
    return metrics


def test_the_metrics_endpoint_agrees_with_the_summary(run_job: Callable[..., Ran]) -> None:
    ran = run_job("metered", Faults(reject_first=(0,), raise_always=(3,)), scene_retries=0)
    assert ran.code == 3
    deadline = time.monotonic() + 60
    while (metrics := exported_metrics(ran.store.url)).get(
        "verichrome_scenes_done"
    ) != 4 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert {name.partition(" ")[0] for name in metrics} == set(METRICS)
    exact = {name.removeprefix("verichrome_"): value for name, value in metrics.items()}
    assert exact["scenes_wanted"] == exact["scenes_done"] == 4
    assert (exact["scenes_failed"], exact["frames"], exact["retries"], exact["rejected"]) == (1, 6, 1, 1)
    assert (exact["pairs"], exact["workers"], exact["seconds_left"]) == (30, 0, 0)
    assert exact["frames_per_second"] > 0
    assert exact["stage_seconds image"] == pytest.approx(0.6)


def test_metrics_are_exported_for_a_folder_of_any_name(run_job: Callable[..., Ran]) -> None:
    ran = run_job("日本 é [red]:warning: 'q' #1 100%", scenes=1)
    assert ran.code == 0, ran.output
    assert f"to {ran.folder} in " in ran.output
    assert sorted(path.name for path in ran.folder.iterdir()) == [
        "README.md", "config.yaml", "frames", "manifest", "pairs", "preview.png", "receipts",
    ]  # fmt: skip
    deadline = time.monotonic() + 60
    tag = str(ran.folder).replace("日本", "%E6%97%A5%E6%9C%AC").replace("é", "%C3%A9")
    while exported_metrics(tag).get("verichrome_scenes_done") != 1 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert exported_metrics(tag)["verichrome_scenes_done"] == 1


def test_a_tag_is_short_and_ascii() -> None:
    assert _tag("/out/a b[c]{d}") == "/out/a b[c]{d}"
    assert _tag("/" + "x" * 300 + "/last") == "..." + "x" * 247 + "/last"
    assert _tag('é\n"').isascii()
