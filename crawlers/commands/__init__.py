"""What joins `kb`: the subcommands `kb crawl` and `kb sources`, and what they run."""
