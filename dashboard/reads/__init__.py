"""What pages read from the published file; no layout."""
