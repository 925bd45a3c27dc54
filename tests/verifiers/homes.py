"""Homes to test in: copies that share converted weights, and what lies in them."""

import json
import shutil

from kb.store.home.local_weights import LocalWeights

LITTLE = ("--budget-tokens", "15000")  # two rounds of fourteen questions at 512 tokens


def copy_home(base, settings):
    """Copy a home; half a gigabyte of converted weights is shared, not copied."""
    shutil.copytree(base.home, settings.home, ignore=shutil.ignore_patterns("weights"))
    if (base.home / "weights").exists():
        (settings.home / "weights").symlink_to(base.home / "weights")


def find_local(settings, part):
    """Where the weights lie whose path holds `part`."""
    for path in (settings.home / "local_releases").glob("*.json"):
        local = LocalWeights(**json.loads(path.read_text()))
        if part in local.path.lower():
            return local
    raise AssertionError(part)
