"""Panoptic segmentation: stuff by class and things by instance in one image."""
