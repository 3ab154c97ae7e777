"""All formats by name."""

from encode.reading.short_text import short_repr
from shards.errors import WriteRefused
from shards.export.format_protocol import ExportFormat
from shards.export.formats.ai_toolkit import AiToolkit
from shards.export.formats.bagel import Bagel
from shards.export.formats.diffsynth import DiffSynth
from shards.export.formats.diffusers import DIFFUSERS, INSTRUCT_PIX2PIX
from shards.export.formats.energon import Energon
from shards.export.formats.litdata import LitData
from shards.export.formats.mds import Mds
from shards.export.formats.musubi import Musubi
from shards.export.formats.nemo import Nemo
from shards.export.formats.omnigen2 import OmniGen2
from shards.export.formats.sensenova import SenseNova
from shards.export.formats.webshart import SIMPLETUNER, WEBSHART

__all__ = ["FORMATS", "export_format"]

_ALL: tuple[ExportFormat, ...] = (
    AiToolkit(),
    Bagel(),
    DiffSynth(),
    DIFFUSERS,
    Energon(),
    INSTRUCT_PIX2PIX,
    LitData(),
    Mds(),
    Musubi(),
    Nemo(),
    OmniGen2(),
    SenseNova(),
    SIMPLETUNER,
    WEBSHART,
)
#: Formats by the names that `--format` takes.
FORMATS: dict[str, ExportFormat] = {form.name: form for form in _ALL}


def export_format(name: str) -> ExportFormat:
    """The format of this name; raises WriteRefused that lists all for another name."""
    if name not in FORMATS:
        raise WriteRefused(f"format: expected one of {', '.join(FORMATS)}, got {short_repr(name)}")
    return FORMATS[name]
