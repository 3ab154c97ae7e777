"""How scenes are rendered: what decides the pixels beside the scene itself."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Device", "RenderSettings"]

Device = Literal["auto", "cpu", "optix", "cuda", "hip", "metal", "oneapi"]


class RenderSettings(BaseModel):
    """Cycles settings of a job. `threads` is how many the worker may use; it changes no pixel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: Annotated[int, Field(ge=16, le=8192)] = 512
    height: Annotated[int, Field(ge=16, le=8192)] = 512
    samples: Annotated[int, Field(ge=1, le=65536)] = 32
    denoise: bool = True
    albedo: bool = False  # render the base colour too
    device: Device = "cpu"
    threads: Annotated[int, Field(ge=1, le=1024)] = 2
