"""Pages: layout only. A file here that declares `PAGE` is a page; `dashboard.registry` finds it."""
