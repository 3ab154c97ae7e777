"""The configuration of a job: its sections, and the fingerprints of what they make."""

from verichrome.config.config import FIELDS, FORMAT, SECTIONS, Config, section_of

__all__ = ["FIELDS", "FORMAT", "SECTIONS", "Config", "section_of"]
