"""JSON and YAML as trees whose every value knows its place in the text."""

from kb.text.trees.json_text import parse_json
from kb.text.trees.node import Kind, Node, TreeError
from kb.text.trees.yaml_text import parse_yaml

__all__ = ["Kind", "Node", "TreeError", "parse_json", "parse_yaml"]
