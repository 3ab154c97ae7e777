"""The user's own assets, light probes and textures: found, labelled, prepared by Blender, brought to the workers."""

from verichrome.library.open import OpenLibrary, open_library
from verichrome.library.scan import Skipped
from verichrome.library.tell import with_library

__all__ = ["OpenLibrary", "Skipped", "open_library", "with_library"]
