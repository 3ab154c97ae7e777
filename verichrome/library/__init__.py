"""The asset library: the user's files found, labelled, prepared by Blender and brought to the workers."""

from verichrome.library.open import OpenLibrary, open_library
from verichrome.library.scan import SkippedFile
from verichrome.library.warnings import with_library

__all__ = ["OpenLibrary", "SkippedFile", "open_library", "with_library"]
