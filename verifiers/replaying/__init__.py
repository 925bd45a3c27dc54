"""Runs and bundles, scored and judged again."""
