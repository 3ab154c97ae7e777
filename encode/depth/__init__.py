"""Depth as colour: the cube walk, the colour maps, the relative grey, and the task that uses them."""
