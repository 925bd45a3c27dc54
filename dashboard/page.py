"""What a page is: its title, its address, its place in the navigation, and what lays it out."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """A part of the navigation, in the order in which readers see them."""

    FRONT = "Start here"
    CLAIMS = "What was claimed"
    MODELS = "Vendors and models"
    EVIDENCE = "How we know"
    CONTRIBUTE = "Take part"


@dataclass(frozen=True)
class Page:
    """A page. One without a group is not in the navigation: other pages link to it.

    `order` is its place within the group; pages of equal order are sorted by title.
    """

    title: str
    address: str
    show: Callable[[], None]
    group: Group | None = None
    order: int = 100
