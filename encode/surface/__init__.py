"""What surfaces are: the parts of objects and the materials, by flat colours."""
