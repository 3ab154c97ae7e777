"""Finished .blend files into settings: evaluated as their render would be, labelled, made fit for exact truth."""
