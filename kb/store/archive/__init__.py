"""The snapshot archive: WARC files, the rows of snapshots, their chains."""
