"""The subcommands of `kb`, one module each: `export_run.py` is `kb export-run`."""
