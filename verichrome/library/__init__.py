"""The user's own assets, light probes and textures: found, labelled, prepared by Blender, brought to the workers."""

from verichrome.library.open import OpenLibrary, open_library
from verichrome.library.scan import SkippedFile
from verichrome.library.warnings import with_library

__all__ = ["OpenLibrary", "SkippedFile", "open_library", "with_library"]
