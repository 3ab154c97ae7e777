"""The gallery: a data set in the browser, frame by frame and pair by pair, with exact truth under the cursor.

`Gallery` answers each address, `serve` offers it on loopback, `export` writes it as files.
"""

from shards.gallery.export import export_gallery
from shards.gallery.gallery import Gallery
from shards.gallery.response import NotFound, Response
from shards.gallery.server import GalleryServer

__all__ = ["Gallery", "GalleryServer", "NotFound", "Response", "export_gallery"]
