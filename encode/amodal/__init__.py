"""Whole objects, the hidden part too, and the task that asks for them."""
