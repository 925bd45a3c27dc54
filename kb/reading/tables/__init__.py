"""Tables → raw claims: axes, grids, cells, the names of rows."""
