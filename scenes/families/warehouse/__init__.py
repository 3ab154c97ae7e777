"""Halls where goods are kept: racks and their loads, docks, open bays, workshops, storerooms."""
