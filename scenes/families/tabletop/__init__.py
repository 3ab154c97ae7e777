"""Objects on a table, in a room or outdoors, in everyday arrangements; a physics simulation brings them to rest."""
