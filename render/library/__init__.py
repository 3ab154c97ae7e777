"""The user's files in Blender: imported once into prepared ones, which scenes then load in milliseconds."""
