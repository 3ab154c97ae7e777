"""Questions that take knowledge of use, material, state and arrangement to answer, and the task that asks them."""
