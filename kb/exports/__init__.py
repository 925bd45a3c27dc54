"""What is given out: the DuckDB file and its Parquet twin."""
