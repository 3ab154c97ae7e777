"""Colours: one RGB a name, the notations of prompts, distances, and sets of distinguishable colours."""
