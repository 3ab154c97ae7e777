"""What happens to an image on its way into a file: noise reduction of its colours, sharpening, JPEG."""

import io

import numpy as np
from jaxtyping import Float32, UInt8
from PIL import Image

from encode.lazy_import import import_lazily
from render.photo.tone import weighted

__all__ = ["compressed", "sharpened"]

LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # of JPEG (Rec. 601)


def sharpened(
    image: Float32[np.ndarray, "h w 3"], chroma_blur: float, noise: float, amount: float, radius: float
) -> UInt8[np.ndarray, "h w 3"]:
    """8-bit codes of an image in 0..1, with less noise and more detail.

    Colours are blurred by `chroma_blur` pixels. Detail of the luma is what a blur of `radius` pixels takes away. Of it,
    `noise` (in luma) is lost (coring), and `amount` times the rest is added again (unsharp masking).
    """
    gaussian_filter = import_lazily("scipy.ndimage").gaussian_filter
    luma = weighted(image, LUMA)
    colors = image - luma[..., None]
    if chroma_blur > 0:
        # A blur mixes all channels alike, so that the colours keep a luma of 0.
        colors = gaussian_filter(colors, (chroma_blur, chroma_blur, 0), truncate=3.0)
    smooth = gaussian_filter(luma, radius, truncate=3.0)
    detail = luma - smooth
    detail -= np.clip(detail, -noise, noise)
    luma = smooth + np.float32(1 + amount) * detail
    return np.rint(np.clip(colors + luma[..., None], 0, 1) * np.float32(255)).astype(np.uint8)


def compressed(image: UInt8[np.ndarray, "h w 3"], quality: int, chroma_halved: bool) -> UInt8[np.ndarray, "h w 3"]:
    """The image as it reads from a JPEG of this quality (libjpeg's scale), with colours of full or half resolution."""
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=quality, subsampling="4:2:0" if chroma_halved else "4:4:4")
    with Image.open(file) as read:
        return np.asarray(read.convert("RGB")).copy()
