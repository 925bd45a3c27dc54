"""The subcommands of `kb` that test released weights, one module each."""
