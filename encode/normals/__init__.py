"""Surface normals as colour, and the task that uses them."""
