"""The gallery: a data set in the browser, frame by frame and pair by pair, with exact truth under the cursor.

`Gallery` says what stands at each address, `serve` offers it on loopback, `export` writes it as files.
"""

from shards.gallery.answer import Answer, NotThere
from shards.gallery.export import export
from shards.gallery.gallery import Gallery
from shards.gallery.server import GalleryServer

__all__ = ["Answer", "Gallery", "GalleryServer", "NotThere", "export"]
