"""What Cycles says of a render, as it is read for `--profile`."""

import pytest

from render.cycles_report import kernel_seconds, material_seconds, phase_of_status

#: Of a render of a room by bpy 5.2.3, shortened.
PRINTED = """Fra:1 Mem:30.00M | Finished
Update statistics:
Scene:
    Total time: 0.000346s
Render statistics:
Mesh statistics:
  Geometry:
    Total memory: 1.46M (1,525,948)
Kernel statistics:
  Total render time               : Total 100.00% (4.00s), Self 0.50% (0.02s)
    Shade Surface                   : Total 75.00% (3.00s), Self 0.00% (0.00s)
      Shader Evaluation               : Total 57.01% (2.28s), Self 57.01% (2.28s)
      Ambient Occlusion               : Total 0.00% (0.00s), Self 0.00% (0.00s)
    Intersect Closest               : Total 15.25% (0.61s), Self 15.25% (0.61s)
    Shade Light                     : Total 9.25% (0.37s), Self 0.00% (0.00s)
      Shader Evaluation               : Total 9.25% (0.37s), Self 9.25% (0.37s)
Shader statistics:
  plaster-22742ae835fa2874        : 0.50s (Relative cost: 0.89)
  wood-7f89f12bdb7a4993           : 0.10s (Relative cost: 0.56)
  plaster-3d66edd92995959e        : 0.25s (Relative cost: 0.76)
  paper-92f02118576770c7          : 0.00s (Relative cost: 19.10)
  my/own                          : 0.30s (Relative cost: 1.00)
  default_background              : 0.15s (Relative cost: 0.17)
Object statistics:
  wall-1                          : 0.90s (Relative cost: 1.00)
"""


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        ("Initializing", "synchronization"),
        ("Mem: 1M | Synchronizing object | Updating Shaders", "synchronization"),
        ("Mem: 19M | Updating Shaders", "shaders"),
        ("Mem: 6M | Updating Scene BVH | Copying BVH to device", "BVH"),
        ("Mem: 6M | Updating Geometry BVH wall.001 2/4 | Building BVH", "BVH"),
        ("Mem: 20M | Updating Lights | Computing distribution", "lights"),
        ("Mem: 20M | Updating Objects | Copying Transformations to device", "geometry"),
        ("Mem: 9M | Loading render kernels (may take a few minutes the first time)", "kernels"),
        ("Remaining: 00:06.65 | Mem: 40M | Sample 1/10", "sampling"),
        ("Time:00:06.65 | Mem: 40M | Sample 1/10", "sampling"),
        ("Mem: 24M | Finished", "end"),
    ],
)
def test_a_status_begins_a_phase(status: str, phase: str) -> None:
    assert phase_of_status(status) == phase


def test_kernels_are_shares_of_the_whole_and_a_part_is_below_its_kernel() -> None:
    assert kernel_seconds(PRINTED) == pytest.approx(
        {
            "": 4.0,
            "Shade Surface": 3.0,
            "Shade Surface/Shader Evaluation": 2.2804,
            "Intersect Closest": 0.61,
            "Shade Light": 0.37,
            "Shade Light/Shader Evaluation": 0.37,
        }
    )


def test_materials_are_added_up_by_kind() -> None:
    assert material_seconds(PRINTED) == pytest.approx({"plaster": 0.75, "wood": 0.1, "my_own": 0.3, "world": 0.15})


@pytest.mark.parametrize("printed", ["", "Fra:1 Mem:30.00M | Finished\n"])
def test_without_statistics_nothing_is_known(printed: str) -> None:
    assert kernel_seconds(printed) == material_seconds(printed) == {}
