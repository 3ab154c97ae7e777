"""The configuration of a job: its fields, and the fingerprints of what they make."""

from verichrome.config.config import Config

__all__ = ["Config"]
