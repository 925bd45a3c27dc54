"""Where rows and bytes are kept: database, archive, insert-once writes, named reads."""
