"""`ray_cluster.yaml` is what `ray up` accepts, and does what it documents; checked without a cloud."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("ray")

CLUSTER = Path(__file__).parents[2] / "ray_cluster.yaml"


@pytest.fixture
def cluster() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(CLUSTER.read_text(encoding="utf-8"))
    return document


def test_ray_accepts_the_cluster_file(cluster: dict[str, Any]) -> None:
    from ray.autoscaler._private.util import prepare_config, validate_config

    validate_config(prepare_config(cluster))


def test_ray_refuses_unknown_fields_of_the_cluster_file(cluster: dict[str, Any]) -> None:
    from jsonschema import ValidationError  # type: ignore[import-untyped]
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


def test_the_cluster_file_installs_every_library_that_doctor_checks(cluster: dict[str, Any]) -> None:
    from render.blender_check import DEBIAN_PACKAGES

    commands = " ".join(cluster["setup_commands"])
    assert [name for name in DEBIAN_PACKAGES.values() if name not in commands.split()] == []


def test_every_node_installs_locked_versions_and_has_access_to_the_bucket(cluster: dict[str, Any]) -> None:
    assert "uv.lock" in cluster["file_mounts"].values()
    installs = [command for command in cluster["setup_commands"] if "uv sync" in command]
    assert len(installs) == 1
    assert "--frozen" in installs[0]
    assert "--extra render --extra aws" in installs[0]
    assert all("IamInstanceProfile" in kind["node_config"] for kind in cluster["available_node_types"].values())


def test_a_token_is_asked_for_and_only_members_reach_a_machine(cluster: dict[str, Any]) -> None:
    for starts in (cluster["head_start_ray_commands"], cluster["worker_start_ray_commands"]):
        assert all("RAY_AUTH_MODE=token" in command for command in starts if "ray start" in command)
    assert any("--dashboard-host=127.0.0.1" in command for command in cluster["head_start_ray_commands"])
    assert "~/.ray/auth_token" in cluster["file_mounts"]
    assert any("chmod 600 ~/.ray/auth_token" in command for command in cluster["setup_commands"])
    for kind in cluster["available_node_types"].values():
        assert kind["node_config"]["SecurityGroupIds"]
        assert kind["node_config"]["MetadataOptions"]["HttpTokens"] == "required"


def test_roles_have_only_the_permissions_that_they_need(cluster: dict[str, Any]) -> None:
    policies = CLUSTER.parent / "examples" / "aws"
    head, bucket = (json.loads((policies / f"{name}-policy.json").read_text("utf-8")) for name in ("head", "bucket"))
    statements = [*head["Statement"], *bucket["Statement"]]
    for statement in statements:
        actions = [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        assert not any("*" in action for action in actions)
        if statement["Resource"] == "*":
            assert all(action.startswith("ec2:Describe") for action in actions)
    ends = next(statement for statement in statements if "ec2:TerminateInstances" in statement["Action"])
    named = ends["Condition"]["StringEquals"]["aws:ResourceTag/ray-cluster-name"]
    machines = next(statement for statement in statements if statement.get("Sid") == "StartWorkersOfThisCluster")
    kinds = [cluster["available_node_types"]["gpu"]["node_config"]["InstanceType"]]
    assert (named, [machines["Condition"]["StringEquals"]["ec2:InstanceType"]]) == (cluster["cluster_name"], kinds)
    assert "FullAccess" not in (CLUSTER.parent / "docs" / "cluster.md").read_text("utf-8")
