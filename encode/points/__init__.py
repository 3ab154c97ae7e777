"""The task `points`: a dot for each instance, their painting, their decoder."""
