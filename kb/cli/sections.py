"""The order in which `kb --help` lists commands; a command that is not named here comes last."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "Build the base, in this order": (
        "init", "load", "crawl", "link", "verify", "judge", "publish", "dashboard", "run",
    ),
    "See what is on record": ("claims", "show", "corrections", "runs", "sources", "doctor"),
    "Contribute": ("add", "validate", "review", "records", "audit"),
    "Measure more": ("battle", "judge-bias", "measure-memory"),
    "Share results and check them": (
        "export", "bundle", "export-run", "export-battles", "replay", "rescore-battles",
    ),
    "Read files without storing anything": (
        "extract", "license", "lint-table", "count-params", "predict-memory",
    ),
}  # fmt: skip
OTHERS = "Other commands"
