"""Find the rules: every module of this package that has a `RULE`."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import kb.rules
from kb.rules.rule import Rule


@cache
def find_rules() -> tuple[Rule, ...]:
    """Return all rules in the order in which they are tried."""
    found = walk_packages(kb.rules.__path__, f"{kb.rules.__name__}.")
    modules = [import_module(module.name) for module in found]
    rules = [rule for module in modules if isinstance(rule := getattr(module, "RULE", None), Rule)]
    return tuple(sorted(rules, key=lambda rule: rule.order))
