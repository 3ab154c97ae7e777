"""The files beside the shards: manifest, card, contact sheet. All can be made again from the shards."""

import io
from importlib import import_module
from typing import TYPE_CHECKING

from verichrome.config import Config

if TYPE_CHECKING:
    from shards import Store

__all__ = ["PREVIEW_NAME", "import_ahead", "write_overview"]

PREVIEW_NAME = "preview.png"


def import_ahead() -> None:
    """Import what `write_overview` needs, while workers are busy, so that the end of the job need not wait for it."""
    for module in ("shards.manifest", "shards.summary.card", "shards.summary.sheet"):
        import_module(module)
    import_module("pyarrow").array([0])  # its first array imports pandas, where that is installed


def write_overview(store: "Store", config: Config) -> bool:
    """Write them; returns whether there was anything to preview (no card and no sheet without pairs)."""
    from shards import CardText, Counts, contact_sheet, write_card, write_manifest

    counts = Counts()
    rows = write_manifest(store, counts.add)
    if not rows["pairs"]:
        return False
    write_card(store, CardText(about=_about(config), image_policy=_image_policy(config)), counts)
    stream = io.BytesIO()
    contact_sheet(store).save(stream, "PNG")
    store.put(PREVIEW_NAME, stream.getvalue())
    return True


def _about(config: Config) -> str:
    scenes = config.scenes
    return f"Scenes of the family `{scenes.family}`, seed {scenes.seed}, images of {config.render.resolution} pixels."


def _image_policy(config: Config) -> str:
    noise = "denoised by OpenImageDenoise" if config.render.denoise else "not denoised"
    look = " They are shown as photographs of varied cameras, recorded in `scene.json`." if config.render.photo else ""
    return f"Images are rendered by Cycles with {config.render.samples} samples a pixel, {noise}.{look}"
