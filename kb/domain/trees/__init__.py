"""JSON and YAML as trees whose every value knows its place in the text."""

from kb.domain.trees.json_text import parse_json
from kb.domain.trees.node import Kind, Node, TreeError
from kb.domain.trees.yaml_text import parse_yaml

__all__ = ["Kind", "Node", "TreeError", "parse_json", "parse_yaml"]
