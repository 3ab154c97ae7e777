"""glTF files whose meshes are packed, unpacked for an importer that cannot do it."""
