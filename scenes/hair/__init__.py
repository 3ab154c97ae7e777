"""Hair: shells over the scalp with locks on them, by style, from the hairline to the ends."""
