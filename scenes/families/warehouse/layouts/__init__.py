"""What a warehouse is used for: each module plans a hall and fills it."""
