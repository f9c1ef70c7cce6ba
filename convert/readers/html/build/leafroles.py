"""What was found of the leaves of a page, as far as it says what becomes of each."""

from __future__ import annotations

from ....model import Role


class LeafRoles:
    """What each leaf is.  kept: indexes of the article's leaves; roles: of paragraphs that have one; captions: the leaf
    that is the caption of a picture, by the picture's index; reasons: why a leaf is left out."""

    def __init__(self) -> None:
        self.kept: set[int] = set()
        self.roles: dict[int, Role] = {}
        self.captions: dict[int, int] = {}
        self.reasons: dict[int, str] = {}
