"""What a large .blend costs: prepared once, then a scene in it, each in a process of its own.

    python benchmarks/bench_blend.py [FILE.blend [SIDE [SAMPLES]]]

Without a file it takes the garden that benchmarks/large_blend.py makes. Seconds are processor time, which other
programs on the machine do not lengthen.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAGES = (
    "open_blend",
    "evaluate_near_origin",
    "group_objects",
    "build_setting",
    "pack_images",
    "fixture_records",
    "find_supports",
    "survey_free_space",
    "_write",
)


def timed(seconds: dict[str, float], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """`work` with its processor time added to `seconds`."""

    def run(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        result = work(*args, **kwargs)
        seconds[name] = seconds.get(name, 0.0) + time.process_time() - start
        return result

    return run


def prepare(source: str, target: str) -> dict[str, Any]:
    """Prepare the setting: seconds by stage, and the survey."""
    from render.library.blend import prepare as module  # Blender, only in the process that needs it
    from render.library.requests import PreparationRequest

    seconds: dict[str, float] = {}
    for name in STAGES:
        setattr(module, name, timed(seconds, name.lstrip("_"), getattr(module, name)))
    start = time.process_time()
    prepared = module.prepare_blend(PreparationRequest("blend", source, target), Path(target))
    return {"seconds": {**seconds, "whole": time.process_time() - start}, "setting": prepared.setting}


def render(source: str, target: str, side: int, samples: int) -> dict[str, Any]:
    """One view of a scene in the prepared setting: seconds by stage."""
    from render import RenderSettings
    from render.engine import Engine
    from render.library.cache import prepared
    from scenes import AssetLibrary, sample_scene
    from scenes.settings import SurveyedSetting

    answer = json.loads(Path(source).read_text(encoding="utf-8"))
    blend = SurveyedSetting.model_validate({**answer["setting"], "digest": "0" * 64})
    folder = prepared(blend.digest).parent
    folder.mkdir(parents=True, exist_ok=True)
    Path(target).rename(prepared(blend.digest))
    start = time.process_time()
    spec = sample_scene("blend", seed=0, index=0, views=1, library=AssetLibrary(blends=(blend,), digest="1" * 64))
    sampled = time.process_time() - start
    settings = RenderSettings(width=side, height=side, samples=samples, threads=os.cpu_count() or 1)
    rendered = Engine(settings).render(spec)
    (stages,) = rendered.frame_seconds
    wall = {f"{name} (wall)": spent for name, spent in (*rendered.seconds.items(), *stages.items())}
    return {
        "seconds": {"sample": sampled, **wall, "whole": time.process_time() - start},
        "rejected": len(rendered.rejections),
    }


def run_apart(*command: str, environment: dict[str, str]) -> dict[str, Any]:
    """The last line of a process of this file, as JSON."""
    done = subprocess.run([sys.executable, __file__, *command], check=True, stdout=subprocess.PIPE, env=environment)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def print_stages(title: str, measured: dict[str, Any]) -> None:
    """Print the seconds and the peak memory of each stage."""
    sys.stdout.write(f"{title}: peak {measured['peak']:.2f} GiB\n")
    sys.stdout.writelines(f"  {name:<20}{spent:8.1f} s\n" for name, spent in measured["seconds"].items())


def main(source: str, side: str, samples: str) -> None:
    """Time preparing and sampling a setting: the given .blend, or the large one that is built first."""
    with tempfile.TemporaryDirectory(prefix="verichrome-bench-") as folder:
        environment = os.environ | {"VERICHROME_CACHE": folder}
        if not source:
            source = f"{folder}/large.blend"
            script = Path(__file__).with_name("large_blend.py")
            subprocess.run([sys.executable, str(script), source], check=True, stdout=subprocess.DEVNULL)
        target, answer = f"{folder}/place.blend", Path(folder) / "answer.json"
        prepared = run_apart("--prepare", source, target, environment=environment)
        answer.write_text(json.dumps(prepared), encoding="utf-8")
        fixtures, spots = prepared["setting"]["fixtures"], prepared["setting"]["spots"]
        faces = sum(entry["faces"] for entry in fixtures)
        sys.stdout.write(f"{len(fixtures):,} objects, {faces:,} faces, {len(spots)} places to look from\n")
        sys.stdout.write(
            f"{Path(target).stat().st_size / 1e6:.1f} MB prepared of {Path(source).stat().st_size / 1e6:.1f}\n"
        )
        print_stages("prepared", prepared)
        print_stages(
            f"a view of {side}x{side}, {samples} samples",
            run_apart("--render", str(answer), target, side, samples, environment=environment),
        )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] in (["--prepare"], ["--render"]):
        answer_line = (
            prepare(*arguments[1:])
            if arguments[0] == "--prepare"
            else render(arguments[1], arguments[2], int(arguments[3]), int(arguments[4]))
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        sys.stdout.write("\n" + json.dumps({**answer_line, "peak": peak}) + "\n")
        sys.stdout.flush()
        os._exit(0)  # Blender may crash on the way out
    main(*(arguments + ["", "256", "8"][len(arguments) :]))
