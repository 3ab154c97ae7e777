"""Draws marks of each kind on an object, as a user of an interactive tool would."""
