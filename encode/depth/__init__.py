"""Depth as colour: the cube walk, the colour maps, inverse and log depth in grey, and the task that uses them."""
