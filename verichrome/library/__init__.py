"""The asset library: the user's files found, labelled, prepared by Blender and brought to the workers."""

from typing import TYPE_CHECKING

from encode.lazy_import import lazy_names

if TYPE_CHECKING:
    from verichrome.library.open import OpenLibrary, open_library
    from verichrome.library.scan import SkippedFile
    from verichrome.library.warnings import with_library
else:
    __getattr__, __dir__ = lazy_names(__name__, __file__)

__all__ = ["OpenLibrary", "SkippedFile", "open_library", "with_library"]
