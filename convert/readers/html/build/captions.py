"""Which line is the caption of a picture: by its element, its name, what it says, and how it is set."""

from __future__ import annotations

from ....zh.captions import CAPTION
from ..sight.dom import HtmlElement, words
from ..sight.pictures import is_picture
from ..sight.runs import HEADINGS, Leaf
from ..sight.styles import alignment, is_grey
from ..thresholds import LONGEST_BOLD_CAPTION, LONGEST_CAPTION
from ..weigh.names import parts_of_name
from ..weigh.standing import is_strong
from .leafroles import LeafRoles

_CAPTION_NAMES = words("caption figcaption descr desc pictext picture ")


_GOES_ON = ("\uff0c", "\u3002", "\u3001", "\uff1b", "\uff1a", "\uff09", "\uff01", "\uff1f", "\u201d")


def find_captions(leaves: list[Leaf], labels: LeafRoles, region: HtmlElement | None) -> None:
    """Notes in `labels` which lines are captions of which pictures."""
    under = _bold_under_pictures(leaves, labels, region)
    for index in sorted(labels.kept):
        if leaves[index].kind != "image":
            continue
        after = _next(leaves, index)
        if after is None or (after.index in labels.roles and labels.roles[after.index] != "meta"):
            continue
        credited = labels.roles.get(after.index) == "meta" and after.text.startswith("图")
        near = labels.reasons.get(after.index) == "outside the article"
        if (after.index in labels.kept or credited or near) and (
            after.index in under or _is_caption(leaves, leaves[index], after, region)
        ):
            labels.captions[index] = after.index
            labels.roles.pop(after.index, None)
            labels.kept.add(after.index)


def _bold_under_pictures(leaves: list[Leaf], labels: LeafRoles, region: HtmlElement | None) -> set[int]:
    """Short bold lines in the middle that are captions: at least two pictures have one, and none stands alone."""
    bold = {
        index
        for index in labels.kept
        if leaves[index].kind == "text"
        and len(leaves[index].text) <= LONGEST_BOLD_CAPTION
        and is_strong(leaves[index])
        and alignment(leaves[index].node, region) == "center"
    }
    after = (_next(leaves, index) for index in labels.kept if leaves[index].kind == "image")
    under = {leaf.index for leaf in after if leaf is not None} & bold
    return under if len(under) > 1 and under == bold else set()


def _next(leaves: list[Leaf], index: int) -> Leaf | None:
    """The leaf that is seen after another, if it is text; icons, such as to enlarge a picture, are passed over."""
    for leaf in leaves[index + 1 : index + 4]:
        if leaf.hidden is None and (leaf.image is None or is_picture(leaf.image)):
            return leaf if leaf.kind == "text" and not leaf.control else None
    return None


def _is_caption(leaves: list[Leaf], image: Leaf, leaf: Leaf, region: HtmlElement | None) -> bool:
    assert image.image is not None
    if leaf.text.startswith(_GOES_ON):
        return False  # the rest of the sentence that the picture stands in
    figure = next((node for node in leaf.node.up() if node.tag == "figure"), None)
    if figure is not None and figure in image.image.up():
        return True
    if leaf.node.tag == "dd" and image.node.tag == "dt" and leaf.node.parent is image.node.parent:
        return True  # a picture and what it shows, as a list of terms
    if len(leaf.text) > 2 * LONGEST_CAPTION or any(node.tag in HEADINGS for node in leaf.node.up()):
        return False
    if _CAPTION_NAMES & parts_of_name(leaf.node) or any(
        _CAPTION_NAMES & parts_of_name(n) for n in leaf.node.elements()
    ):
        return True
    if CAPTION.fullmatch(leaf.text):
        return True
    if len(leaf.text) > LONGEST_CAPTION:
        return False
    if is_strong(leaf) or leaf.lead.count("\u3000") >= 2:
        return False
    if leaf.node is image.node and image.node is not region and image.node.tag not in ("div", "td", "section"):
        return len(leaf.text) <= 60  # in the picture's own paragraph
    after = _next(leaves, leaf.index)
    if after is not None and alignment(after.node, region) == "center" and not is_strong(after):
        return False
    return alignment(leaf.node, region) == "center" or is_grey(leaf)
