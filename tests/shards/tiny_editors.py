"""Pipelines of diffusers with tiny random weights, tokenizer included: nothing is downloaded.

Sides of matrices are multiples of 64, since on CPUs bitsandbytes quantises only such.
"""

from pathlib import Path

import diffusers
import torch
import transformers
from tokenizers import pre_tokenizers

__all__ = ["save_tiny_editor"]

_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>")
_CHAT = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)


def save_tiny_editor(name: str, folder: Path) -> None:
    """Write a pipeline as `save_pretrained` does. name: a class of diffusers that the recipe knows."""
    torch.manual_seed(0)
    pipe = _klein() if name == "Flux2KleinPipeline" else _qwen()
    pipe.save_pretrained(folder)


def _tokenizer() -> transformers.PreTrainedTokenizerBase:
    """One token a byte."""
    letters = {letter: i for i, letter in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    tokenizer = transformers.Qwen2TokenizerFast(vocab=letters, merges=[], pad_token="<|endoftext|>")
    tokenizer.add_special_tokens({"additional_special_tokens": list(_SPECIAL)})
    tokenizer.chat_template = _CHAT
    return tokenizer


def _klein() -> diffusers.Flux2KleinPipeline:
    tokenizer = _tokenizer()
    return diffusers.Flux2KleinPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        tokenizer=tokenizer,
        text_encoder=transformers.Qwen3ForCausalLM(
            transformers.Qwen3Config(
                vocab_size=len(tokenizer),
                hidden_size=64,
                intermediate_size=64,
                num_hidden_layers=28,  # the pipeline reads the states of layers 9, 18 and 27
                num_attention_heads=2,
                num_key_value_heads=2,
                head_dim=32,
            )
        ),
        transformer=diffusers.Flux2Transformer2DModel(
            patch_size=1,
            in_channels=64,
            num_layers=1,
            num_single_layers=2,
            attention_head_dim=32,
            num_attention_heads=2,
            joint_attention_dim=3 * 64,
            axes_dims_rope=(8, 8, 8, 8),
            guidance_embeds=False,
        ),
        vae=diffusers.AutoencoderKLFlux2(
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            block_out_channels=(8, 8, 8, 8),
            layers_per_block=1,
            latent_channels=16,
            norm_num_groups=4,
        ),
    )


def _qwen() -> diffusers.QwenImageEditPlusPipeline:
    tokenizer = _tokenizer()
    token = tokenizer.convert_tokens_to_ids
    vision = {"depth": 1, "hidden_size": 64, "intermediate_size": 64, "num_heads": 2, "out_hidden_size": 64}
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": 64,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [4, 6, 6]},
    }
    config = transformers.Qwen2_5_VLConfig(
        text_config=text,
        vision_config=vision,
        image_token_id=token("<|image_pad|>"),
        vision_start_token_id=token("<|vision_start|>"),
        vision_end_token_id=token("<|vision_end|>"),
    )
    return diffusers.QwenImageEditPlusPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        tokenizer=tokenizer,
        processor=transformers.Qwen2VLProcessor(
            image_processor=transformers.Qwen2VLImageProcessor(),
            video_processor=transformers.Qwen2VLVideoProcessor(),
            tokenizer=tokenizer,
            chat_template=_CHAT,
        ),
        text_encoder=transformers.Qwen2_5_VLForConditionalGeneration(config),
        transformer=diffusers.QwenImageTransformer2DModel(
            in_channels=64,
            out_channels=16,
            num_layers=2,
            attention_head_dim=32,
            num_attention_heads=2,
            joint_attention_dim=64,
            axes_dims_rope=(8, 12, 12),
        ),
        vae=diffusers.AutoencoderKLQwenImage(
            base_dim=8,
            z_dim=16,
            dim_mult=[1, 1, 1, 1],
            num_res_blocks=1,
            temperal_downsample=[False, True, True],
            latents_mean=[0.0] * 16,
            latents_std=[1.0] * 16,
        ),
    )
