"""Encode images by a VAE of diffusers and decode them again."""

import json
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import torch
from jaxtyping import UInt8

__all__ = ["DTYPES", "VaeRoundTrip", "load_vae"]

#: Precisions in which a VAE can run, by the names that `--dtype` takes.
DTYPES = {"float32": torch.float32, "bf16": torch.bfloat16}

# Sides are padded to this multiple, at which every VAE of diffusers keeps an image's size (most divide by 8 or 16).
_MULTIPLE = 32


class VaeRoundTrip:
    """What a VAE makes of an image: encoded to the mean of its latents, decoded, rounded to 8 bits.

    vae: with diffusers' interface, `encode(x).latent_dist` and `decode(z).sample` of values in [-1, 1]. Video
    VAEs (Qwen-Image's, Wan's), which have 3-D convolutions, see an image as a video of one frame. Scaling and shift
    factors of latents cancel out, and are left out.
    """

    def __init__(self, vae: Any) -> None:
        self._vae = vae
        self._video = any(isinstance(module, torch.nn.Conv3d) for module in vae.modules())
        self._like = next(vae.parameters())

    def __call__(self, rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
        """Return the image as the VAE reproduces it. Sides that are no multiple of 32 are padded, and cut again."""
        height, width = rgb.shape[:2]
        padded = np.pad(rgb, ((0, -height % _MULTIPLE), (0, -width % _MULTIPLE), (0, 0)), "edge")
        x = torch.from_numpy(padded).permute(2, 0, 1)[None].to(self._like) / 127.5 - 1
        with torch.no_grad():
            z = self._vae.encode(x[:, :, None] if self._video else x).latent_dist.mode()
            y = self._vae.decode(z).sample
        y = (y[:, :, 0] if self._video else y)[0, :, :height, :width].float()
        levels = ((y + 1) * 127.5).round().clamp(0, 255).byte()
        decoded: UInt8[np.ndarray, "h w 3"] = levels.permute(1, 2, 0).contiguous().cpu().numpy()
        return decoded


def load_vae(folder: str, class_name: str | None = None, *, dtype: str = "float32", device: str = "cpu") -> Any:
    """Load a VAE from a folder that diffusers wrote (config.json and .safetensors), or from `vae` in a pipeline's.

    class_name: of diffusers; by default the one that config.json names. Nothing is downloaded, and no pickle is opened.
    Raises ValueError, one sentence, where the folder or the class is not such a one.
    """
    path = Path(folder) / "vae" if (Path(folder) / "model_index.json").is_file() else Path(folder)
    config = path / "config.json"
    if not config.is_file():
        raise ValueError(f"--vae: {config} does not exist; expected a folder that diffusers' save_pretrained wrote")
    if class_name is None:
        found = json.loads(config.read_text())
        class_name = str(found.get("_class_name")) if isinstance(found, dict) else "None"
    kind = getattr(diffusers, class_name, None) if class_name.startswith("Autoencoder") else None
    if kind is None:
        raise ValueError(
            f"--vae-class: {class_name!r}; expected an Autoencoder class of diffusers {diffusers.__version__}"
        )
    vae = kind.from_pretrained(path, dtype=DTYPES[dtype], use_safetensors=True, local_files_only=True)
    return vae.to(device).eval()
