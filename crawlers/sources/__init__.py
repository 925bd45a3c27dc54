"""The sources, one folder per source; `source.py` finds them."""
