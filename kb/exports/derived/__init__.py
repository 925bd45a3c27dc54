"""Tables of the published file that follow from others."""
