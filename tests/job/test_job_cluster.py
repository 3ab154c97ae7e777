"""`ray_cluster.yaml` is what `ray up` accepts, and keeps its promises; checked without a cloud."""

from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("ray")

CLUSTER = Path(__file__).parents[2] / "ray_cluster.yaml"


@pytest.fixture
def cluster() -> dict[str, Any]:
    return yaml.safe_load(CLUSTER.read_text(encoding="utf-8"))


def test_ray_accepts_it(cluster: dict[str, Any]) -> None:
    from ray.autoscaler._private.util import prepare_config, validate_config

    validate_config(prepare_config(cluster))


def test_ray_refuses_what_it_does_not_know(cluster: dict[str, Any]) -> None:
    from jsonschema import ValidationError
    from ray.autoscaler._private.util import prepare_config, validate_config

    with pytest.raises(ValidationError, match="max_wrokers"):
        validate_config(prepare_config({**cluster, "max_wrokers": 3}))


def test_the_head_renders_nothing(cluster: dict[str, Any]) -> None:
    assert cluster["available_node_types"][cluster["head_node_type"]]["resources"] == {"CPU": 0}


def test_workers_are_spot_machines_with_a_gpu(cluster: dict[str, Any]) -> None:
    kinds = dict(cluster["available_node_types"])
    del kinds[cluster["head_node_type"]]
    assert kinds
    for kind in kinds.values():
        assert kind["resources"]["GPU"] > 0
        assert kind["node_config"]["InstanceMarketOptions"]["MarketType"] == "spot"


def test_it_installs_every_library_that_doctor_knows(cluster: dict[str, Any]) -> None:
    from render.probe import DEBIAN_PACKAGES

    commands = " ".join(cluster["setup_commands"])
    assert [name for name in DEBIAN_PACKAGES.values() if name not in commands.split()] == []


def test_every_node_installs_what_is_locked_and_may_use_the_bucket(cluster: dict[str, Any]) -> None:
    assert "uv.lock" in cluster["file_mounts"].values()
    installs = [command for command in cluster["setup_commands"] if "uv sync" in command]
    assert len(installs) == 1
    assert "--frozen" in installs[0]
    assert "--extra render --extra aws" in installs[0]
    assert all("IamInstanceProfile" in kind["node_config"] for kind in cluster["available_node_types"].values())
