"""One module a category: CATEGORY, and make(rng, style) -> ObjectSpec."""
