"""The subcommands that start an engine, and `kb replay`."""
