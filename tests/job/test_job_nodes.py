"""A cluster that loses a machine in mid-job ends its job, with the bytes of an undisturbed one, and blames no scene."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from shards import ShardIndex, read_receipt
from tests.job.conftest import TINY, Ran, rendered
from tests.job.driver import ROOT

pytest.importorskip("ray")


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_job_goes_on_after_a_node_is_lost(tmp_path: Path, whole: Ran, journal: Path) -> None:
    folder = tmp_path / "out"
    # No retries: a scene that were blamed for the node would fail.
    fields = {**TINY, "scenes": 8, "workers": 2, "scene_retries": 0}
    arguments = json.dumps({"folder": str(folder), "journal": str(journal), "fields": fields, "pause": 1.0})
    command = [sys.executable, "-m", "tests.job.lose_a_node", arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    assert "its worker is gone with its machine; another continues with it" in done.stderr
    ran = Ran(0, done.stderr, folder)
    assert whole.shards().items() <= ran.shards().items()
    assert len(ran.shards()) == 8
    assert all(not read_receipt(ran.store, "frames", ShardIndex(index)).failures for index in range(4))
    times = Counter(rendered(journal))
    assert set(times) == set(range(8))
    assert times.total() <= 9  # the scene in hand alone is rendered again
