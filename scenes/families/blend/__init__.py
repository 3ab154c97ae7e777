"""A finished .blend of the user's as the setting of every scene: cameras in free space, its own light or another."""
