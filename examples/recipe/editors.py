"""FLUX.2 klein and Qwen-Image-Edit behind one interface: latents, conditions and the velocity between noise and image.

What each pipeline of diffusers does around its transformer, for one pair at a time, with the source at its own size
(QwenImageEditPlusPipeline would enlarge it to a million pixels). Training and painting both go through here, and so see
the same. The methods with an underscore are those that diffusers' own training scripts call.
"""

from abc import ABC, abstractmethod
from typing import Any, NamedTuple

import diffusers
import numpy as np
import torch
import transformers
from diffusers.pipelines.flux2.pipeline_flux2_klein import compute_empirical_mu
from diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus import (
    CONDITION_IMAGE_SIZE,
    calculate_dimensions,
    calculate_shift,
)
from diffusers.quantizers import PipelineQuantizationConfig
from jaxtyping import UInt8
from PIL import Image

from examples.recipe.settings import Recipe

__all__ = ["SIDE_MULTIPLE", "Asked", "Editor", "load_editor"]

#: Sides must be multiples of this: a latent has 8 pixels, and the transformers take 2 x 2 latents as one token.
SIDE_MULTIPLE = 16


class Asked(NamedTuple):
    """A source and its prompt: latents; embeddings, and their positions or mask; the image's (height, width)."""

    source: torch.Tensor
    words: torch.Tensor
    words_at: torch.Tensor | None
    shape: tuple[int, int]


class Editor(ABC):
    """A pipeline of diffusers, one pair at a time. Latents are packed: (1, tokens, channels)."""

    def __init__(self, pipe: Any) -> None:
        self.pipe = pipe
        self.device = next(pipe.transformer.parameters()).device

    def encode(self, rgb: UInt8[np.ndarray, "h w 3"]) -> torch.Tensor:
        """The latents of an image. Raises ValueError for sides that are no multiple of SIDE_MULTIPLE."""
        if rgb.shape[0] % SIDE_MULTIPLE or rgb.shape[1] % SIDE_MULTIPLE:
            raise ValueError(f"sides {rgb.shape[1]}x{rgb.shape[0]}; expected multiples of {SIDE_MULTIPLE}")
        pixels = torch.from_numpy(rgb.copy()).permute(2, 0, 1)[None] / 127.5 - 1
        with torch.no_grad():
            return self._encode(pixels.to(self.device, self.pipe.vae.dtype))

    def decode(self, latents: torch.Tensor, shape: tuple[int, int]) -> UInt8[np.ndarray, "h w 3"]:
        """The image of latents, of `shape` (height, width)."""
        with torch.no_grad():
            pixels = self._decode(latents.to(self.pipe.vae.dtype), shape)[0].float()
        levels = ((pixels + 1) * 127.5).round().clamp(0, 255).byte()
        rgb: UInt8[np.ndarray, "h w 3"] = levels.permute(1, 2, 0).contiguous().cpu().numpy()
        return rgb

    def paint(
        self, source: UInt8[np.ndarray, "h w 3"], prompt: str, *, steps: int, generator: torch.Generator
    ) -> UInt8[np.ndarray, "h w 3"]:
        """The answer to a prompt, without classifier-free guidance: the answer is one, not a matter of taste."""
        asked = self.ask(prompt, source)
        latents = torch.randn(asked.source.shape, generator=generator).to(asked.source)
        scheduler = self.pipe.scheduler
        scheduler.set_timesteps(
            sigmas=np.linspace(1, 1 / steps, steps), mu=self.shift(latents.shape[1], steps), device=self.device
        )
        with torch.no_grad():
            for t in scheduler.timesteps:
                velocity = self.velocity(latents, t[None] / 1000, asked)
                latents = scheduler.step(velocity, t, latents, return_dict=False)[0]
        return self.decode(latents, asked.shape)

    def ask(self, prompt: str, source: UInt8[np.ndarray, "h w 3"]) -> Asked:
        """Encode a source and its prompt, for `velocity`. Raises what `encode` raises."""
        latents = self.encode(source)
        with torch.no_grad():
            words, words_at = self._words(prompt, source)
        return Asked(latents, words, words_at, source.shape[:2])

    @abstractmethod
    def velocity(self, noisy: torch.Tensor, sigma: torch.Tensor, asked: Asked) -> torch.Tensor:
        """The transformer's estimate of noise - target, for noisy latents (1 - sigma) target + sigma noise."""

    @abstractmethod
    def shift(self, tokens: int, steps: int) -> float:
        """By how much the scheduler moves its steps toward noise, for an image of so many tokens."""

    @abstractmethod
    def _words(self, prompt: str, source: UInt8[np.ndarray, "h w 3"]) -> tuple[torch.Tensor, torch.Tensor | None]:
        """What the text encoder makes of a prompt: embeddings, and their positions or mask."""

    @abstractmethod
    def _encode(self, pixels: torch.Tensor) -> torch.Tensor: ...

    @abstractmethod
    def _decode(self, latents: torch.Tensor, shape: tuple[int, int]) -> torch.Tensor: ...


class KleinEditor(Editor):
    """FLUX.2 klein: positions of tokens are (image, row, column, word)."""

    def _words(self, prompt: str, source: UInt8[np.ndarray, "h w 3"]) -> tuple[torch.Tensor, torch.Tensor | None]:
        """The prompt alone, and the positions of its words."""
        words, positions = self.pipe.encode_prompt(prompt, device=self.device)
        return words, positions

    def velocity(self, noisy: torch.Tensor, sigma: torch.Tensor, asked: Asked) -> torch.Tensor:
        """The source's tokens follow the noisy ones, as image 10."""
        grid = torch.empty(1, 1, *_tokens(asked.shape))
        positions = [self.pipe._prepare_latent_ids(grid), self.pipe._prepare_image_ids([grid])]
        output = self.pipe.transformer(
            hidden_states=torch.cat([noisy, asked.source], 1),
            timestep=sigma.to(noisy),
            guidance=None,
            encoder_hidden_states=asked.words,
            txt_ids=asked.words_at,
            img_ids=torch.cat(positions, 1).to(self.device),
            return_dict=False,
        )[0]
        return output[:, : noisy.shape[1]]

    def shift(self, tokens: int, steps: int) -> float:
        """As Flux2KleinPipeline."""
        return compute_empirical_mu(image_seq_len=tokens, num_steps=steps)

    def _encode(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.pipe._pack_latents(self.pipe._encode_vae_image(pixels, generator=None))

    def _decode(self, latents: torch.Tensor, shape: tuple[int, int]) -> torch.Tensor:
        vae = self.pipe.vae
        grid = latents.transpose(1, 2).unflatten(2, _tokens(shape))
        spread = torch.sqrt(vae.bn.running_var.view(1, -1, 1, 1) + vae.config.batch_norm_eps)
        grid = grid * spread.to(grid) + vae.bn.running_mean.view(1, -1, 1, 1).to(grid)
        return vae.decode(self.pipe._unpatchify_latents(grid), return_dict=False)[0]


class QwenEditor(Editor):
    """Qwen-Image-Edit: its text encoder sees the source too."""

    def _words(self, prompt: str, source: UInt8[np.ndarray, "h w 3"]) -> tuple[torch.Tensor, torch.Tensor | None]:
        """The prompt with the source, scaled as QwenImageEditPlusPipeline scales it, and their mask."""
        width, height = calculate_dimensions(CONDITION_IMAGE_SIZE, source.shape[1] / source.shape[0])
        seen = self.pipe.image_processor.resize(Image.fromarray(source), height, width)
        words, mask = self.pipe.encode_prompt(prompt, image=[seen], device=self.device)
        return words, mask

    def velocity(self, noisy: torch.Tensor, sigma: torch.Tensor, asked: Asked) -> torch.Tensor:
        """The source's tokens follow the noisy ones, as a second image."""
        output = self.pipe.transformer(
            hidden_states=torch.cat([noisy, asked.source], 1),
            timestep=sigma.to(noisy),
            encoder_hidden_states=asked.words,
            encoder_hidden_states_mask=asked.words_at,
            img_shapes=[[(1, *_tokens(asked.shape))] * 2],
            return_dict=False,
        )[0]
        return output[:, : noisy.shape[1]]

    def shift(self, tokens: int, steps: int) -> float:
        """As QwenImageEditPlusPipeline."""
        names = ("base_image_seq_len", "max_image_seq_len", "base_shift", "max_shift")
        return calculate_shift(tokens, *(self.pipe.scheduler.config[name] for name in names))

    def _encode(self, pixels: torch.Tensor) -> torch.Tensor:
        latents = self.pipe._encode_vae_image(pixels[:, :, None], generator=None)
        return self.pipe._pack_latents(latents, 1, latents.shape[1], *latents.shape[-2:])

    def _decode(self, latents: torch.Tensor, shape: tuple[int, int]) -> torch.Tensor:
        vae = self.pipe.vae
        grid = self.pipe._unpack_latents(latents, *shape, self.pipe.vae_scale_factor)
        mean, spread = (
            torch.tensor(values).view(1, -1, 1, 1, 1).to(grid)
            for values in (vae.config.latents_mean, vae.config.latents_std)
        )
        return vae.decode(grid * spread + mean, return_dict=False)[0][:, :, 0]


def _tokens(shape: tuple[int, int]) -> tuple[int, int]:
    return shape[0] // SIDE_MULTIPLE, shape[1] // SIDE_MULTIPLE


def load_editor(recipe: Recipe, *, device: str = "cuda", lora: str | None = None) -> Editor:
    """Load the recipe's pipeline in its quantisation, with LoRA weights from a folder if given.

    `recipe.model` is a folder, or a name on the Hugging Face hub that `hf download` has fetched; nothing is downloaded.
    Raises ValueError where there is no such device.
    """
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise ValueError(f"device {device!r}: torch finds no GPU")
    kinds = {"transformer": diffusers.BitsAndBytesConfig, "text_encoder": transformers.BitsAndBytesConfig}
    mapping = {name: kinds[name](**arguments) for name, arguments in recipe.quantization.items()}
    pipe = getattr(diffusers, recipe.pipeline).from_pretrained(
        recipe.model,
        dtype=getattr(torch, recipe.dtype),
        quantization_config=PipelineQuantizationConfig(quant_mapping=mapping) if mapping else None,
        use_safetensors=True,
        local_files_only=True,
    )
    pipe.to(device)
    if lora is not None:
        pipe.load_lora_weights(lora, weight_name="pytorch_lora_weights.safetensors")
    for name in ("vae", "text_encoder", "transformer"):
        getattr(pipe, name).requires_grad_(False).eval()
    return KleinEditor(pipe) if recipe.pipeline == "Flux2KleinPipeline" else QwenEditor(pipe)
