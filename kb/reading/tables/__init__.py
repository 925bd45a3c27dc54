"""Tables → findings: axes, grids, cells, the names of rows."""
