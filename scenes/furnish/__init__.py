"""Furnishings made to measure, which are therefore not in the catalogue: tables, floors, walls, cabinets, racks."""
