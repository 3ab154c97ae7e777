"""The user's own meshes on the ground or in a studio: to look at them, and to train on nothing else."""
