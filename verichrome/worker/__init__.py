"""What a worker does with a work item: samples, renders, encodes, spools and commits, and reports each step."""
