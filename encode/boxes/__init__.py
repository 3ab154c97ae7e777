"""The task `boxes`: outlined boxes, their painting, their decoder."""
