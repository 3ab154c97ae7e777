"""The files beside the shards: manifest, card, contact sheet. All can be made again from the shards."""

import io

from shards import CardText, Counts, Store, contact_sheet, write_card, write_manifest
from verichrome.config import Config

__all__ = ["PREVIEW_NAME", "write_overview"]

PREVIEW_NAME = "preview.png"


def write_overview(store: Store, config: Config) -> bool:
    """Write them; returns whether there was anything to preview (no card and no sheet without pairs)."""
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
