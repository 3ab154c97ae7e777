"""Whether two versions write the same bytes: specs of each family, and frames and pairs of a small job.

    python benchmarks/compare_versions.py specs OUT.json          # in each version's checkout, whose packages it takes
    python benchmarks/compare_versions.py job OUT.json [BLEND]    # the same, by the command line
    python benchmarks/compare_versions.py compare BEFORE.json AFTER.json

`specs` takes some two minutes on 2 cores, `job` five. A change that only moves or renames code leaves all of it equal;
the fingerprint of the configuration is left out. `compare_frames.py` says by how much frames that differ do.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

FAMILIES = ("shapes", "tabletop", "room", "street", "terrain", "warehouse")
SPECS = 12
JOB = """
    --scenes 2 --views 1 --scenes-per-shard 2 --resolution 96x64 --samples 1 --seed 11 --albedo
    --prompts-per-task 2 --workers 1
""".split()  # noqa: SIM905


def specs(out: Path) -> None:
    """The SHA-256 of the JSON of some scenes of each family, and of first and later attempts."""
    sys.path.insert(0, os.getcwd())
    from scenes import sample_scene

    digests: dict[str, str] = {}
    for family in FAMILIES:
        for index in range(SPECS):
            spec = sample_scene(family, seed=11, index=index, views=2, attempt=index % 3)
            digests[f"{family}/{index}"] = hashlib.sha256(spec.model_dump_json().encode()).hexdigest()
            sys.stderr.write(f"{family} {index}\n")
    out.write_text(json.dumps(digests, indent=1))


def job(out: Path, blend: str | None = None) -> None:
    """The SHA-256 of each member of each shard of a small job of each family."""
    digests: dict[str, str] = {}
    families: list[tuple[str, list[str]]] = [(family, []) for family in FAMILIES]
    if blend is not None:
        families.append(("blend", ["--blend", blend]))
    with tempfile.TemporaryDirectory() as temporary:
        for family, flags in families:
            folder = Path(temporary) / family
            command = [sys.executable, "-m", "verichrome", "generate", "--family", family, *flags, *JOB]
            subprocess.run([*command, "--out", str(folder)], check=True)
            for shard in sorted(folder.rglob("*.tar")):
                for name, digest in _members(shard):
                    digests[f"{family}/{shard.relative_to(folder)}/{name}"] = digest
    out.write_text(json.dumps(digests, indent=1))


def _members(shard: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(shard) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            content = stream.read() if stream is not None else b""
            yield member.name, hashlib.sha256(_lasting(member.name, content)).hexdigest()


def _lasting(name: str, content: bytes) -> bytes:
    """A member without the fingerprint, which is that of the configuration and not of what was made."""
    if not name.endswith(".json"):
        return content
    document = json.load(io.BytesIO(content))
    return json.dumps({key: value for key, value in document.items() if key != "fingerprint"}).encode()


def compare(before: Path, after: Path) -> None:
    """A line for each thing that is not the same, and how many are."""
    old, new = json.loads(before.read_text()), json.loads(after.read_text())
    differing = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    for name in differing:
        sys.stdout.write(f"{name}: {'differs' if name in old and name in new else 'is in one alone'}\n")
    sys.stdout.write(f"{len(old.keys() | new.keys()) - len(differing)} the same, {len(differing)} not\n")
    sys.exit(bool(differing))


if __name__ == "__main__":
    task, *arguments = sys.argv[1:]
    if task == "compare":
        compare(*map(Path, arguments))
    else:
        {"specs": specs, "job": job}[task](Path(arguments[0]), *arguments[1:])
