"""The subcommands `kb crawl` and `kb sources`."""
