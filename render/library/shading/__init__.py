"""Foreign node trees made flat, and their surfaces evaluated: where a ray goes through, and what it meets elsewhere."""
