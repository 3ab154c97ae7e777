"""`examples/kuberay`: the structure that KubeRay asks for, and a command that this version understands."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from render.blender_check import DEBIAN_PACKAGES
from verichrome.cli import app
from verichrome.config import FIELDS, Config
from verichrome.configfile import resolve
from verichrome.flags import given_flags

ROOT = Path(__file__).parents[2]
KUBERAY = ROOT / "examples" / "kuberay"


@pytest.fixture
def job() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((KUBERAY / "rayjob.yaml").read_text(encoding="utf-8"))
    return document


def pods(job: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The pods' specs: of the head, and of each group of workers."""
    cluster = job["spec"]["rayClusterSpec"]
    groups = {group["groupName"]: group["template"]["spec"] for group in cluster["workerGroupSpecs"]}
    return {"head": cluster["headGroupSpec"]["template"]["spec"], **groups}


def parsed(command: str) -> Config:
    """The configuration that a `verichrome generate` command line asks for."""
    program, name, *flags = shlex.split(command)
    assert (program, name) == ("verichrome", "generate")
    group = typer.main.get_command(app)
    with typer.Context(group) as context:
        generate = group.get_command(context, name)  # type: ignore[attr-defined]
        parameters = generate.make_context(name, flags, parent=context).params
    return resolve({}, given_flags({key: value for key, value in parameters.items() if key in FIELDS}))


def test_the_manifest_is_a_ray_job_that_cleans_up_after_itself(job: dict[str, Any]) -> None:
    assert (job["apiVersion"], job["kind"]) == ("ray.io/v1", "RayJob")
    assert job["spec"]["shutdownAfterJobFinishes"] is True
    assert job["spec"]["backoffLimit"] > 0


def test_the_head_renders_nothing_and_workers_come_and_go(job: dict[str, Any]) -> None:
    cluster = job["spec"]["rayClusterSpec"]
    assert cluster["enableInTreeAutoscaling"] is True
    assert cluster["headGroupSpec"]["rayStartParams"]["num-cpus"] == "0"
    for group in cluster["workerGroupSpecs"]:
        assert (group["minReplicas"], group["replicas"]) == (0, 0)
        assert group["maxReplicas"] > 0


def test_every_container_has_one_image_credentials_and_its_resources(job: dict[str, Any]) -> None:
    containers = [container for spec in pods(job).values() for container in spec["containers"]]
    assert len({container["image"] for container in containers}) == 1
    for container in containers:
        assert container["envFrom"] == [{"secretRef": {"name": "verichrome-s3"}}]
        assert container["resources"]["requests"] == container["resources"]["limits"]
    for name, spec in pods(job).items():
        limits = spec["containers"][0]["resources"]["limits"]
        assert ("nvidia.com/gpu" in limits) == (name != "head")


def test_every_mount_has_its_volume(job: dict[str, Any]) -> None:
    for name, spec in pods(job).items():
        volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
        mounts = {mount["mountPath"]: mount["name"] for mount in spec["containers"][0].get("volumeMounts", [])}
        assert set(mounts.values()) == set(volumes)
        if name != "head":
            assert volumes[mounts["/dev/shm"]]["emptyDir"]["medium"] == "Memory"


def test_the_jobs_command_parses_and_fits_its_pods(job: dict[str, Any]) -> None:
    config = parsed(job["spec"]["entrypoint"])
    assert (config.job.address, config.render.device) == ("auto", "optix")
    group = job["spec"]["rayClusterSpec"]["workerGroupSpecs"][0]
    limits = group["template"]["spec"]["containers"][0]["resources"]["limits"]
    assert config.job.workers is not None
    assert config.job.cpus_per_worker is not None
    assert config.job.gpus_per_worker is not None
    a_pod = min(int(limits["cpu"]) // config.job.cpus_per_worker, int(1 / config.job.gpus_per_worker))
    assert config.job.workers == group["maxReplicas"] * a_pod


def test_the_image_has_what_doctor_checks_and_only_locked_versions() -> None:
    text = (KUBERAY / "Dockerfile").read_text(encoding="utf-8")
    assert [name for name in (*DEBIAN_PACKAGES.values(), "wget") if name not in text.split()] == []
    syncs = re.findall(r"^RUN (uv sync .*)$", text, re.MULTILINE)
    assert syncs
    assert all("--frozen" in command and "--extra render --extra s3" in command for command in syncs)
    copied = {name for line in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE) for name in line.split()}
    assert [name for name in copied - {"uv.lock"} if not (ROOT / name).exists()] == []


def test_the_commands_of_the_walkthrough_parse() -> None:
    walk = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8").replace("\\\n", " ")
    heading = (ROOT / "ray_cluster.yaml").read_text(encoding="utf-8").replace("\\\n#", " ")
    for text in (walk, heading):
        commands = re.findall(r"verichrome generate --address [^'\n]*", text)
        assert commands
        assert {parsed(command).job.address for command in commands} == {"auto"}


def test_no_pod_has_rights_that_it_does_not_need(job: dict[str, Any]) -> None:
    assert job["spec"]["rayClusterSpec"]["authOptions"] == {"mode": "token"}
    specs = {**pods(job), "submitter": job["spec"]["submitterPodTemplate"]["spec"]}
    for name, spec in specs.items():
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["runAsUser"] > 0
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert spec.get("automountServiceAccountToken", True) == (name == "head")  # for its autoscaler
        assert all("emptyDir" in volume for volume in spec["volumes"])
        for container in spec["containers"]:
            rights = container["securityContext"]
            assert (rights["allowPrivilegeEscalation"], rights["readOnlyRootFilesystem"]) == (False, True)
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]


def test_the_network_lets_in_the_jobs_own_pods_and_the_operator(job: dict[str, Any]) -> None:
    policy = yaml.safe_load((KUBERAY / "networkpolicy.yaml").read_text(encoding="utf-8"))["spec"]
    label = policy["podSelector"]["matchLabels"]
    cluster = job["spec"]["rayClusterSpec"]
    groups = [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]
    templates = [job["spec"]["submitterPodTemplate"], *(group["template"] for group in groups)]
    assert all(template["metadata"]["labels"] == label for template in templates)
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    among, operator = policy["ingress"]
    assert among == {"from": [{"podSelector": {"matchLabels": label}}]}
    assert operator["ports"] == [{"port": 8265, "protocol": "TCP"}]
