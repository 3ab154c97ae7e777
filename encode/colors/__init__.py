"""Colours: one RGB a name, the notations of prompts, distances, and sets that stay tellable apart."""
