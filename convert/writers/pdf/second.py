"""What a file of PDF 2.0 has otherwise: the structure of PDF/UA-2 (ISO 14289-2) and the identification of PDF/A-4
(ISO 19005-4).

In: the structure as it was hung on the pages.  Out: the same nodes in the types of PDF 2.0 (ISO 32000-2, 14.8.4), with
what they lead to.  A file of PDF 1.7 needs none of this.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from .tags import Tag, nodes

SPACE_KINDS = frozenset({
    "Document", "P", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "FENote", "Lbl", "Span", "Link", "Ruby", "RB", "RT",
    "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Caption", "Figure", "Formula",
})  # fmt: skip
"""Types in the namespace of PDF 2.0; those that are not, such as a contents, are in that of 1.7, the default."""

_KINDS = {
    "Subtitle": "P", "Byline": "P", "Salutation": "P", "Signature": "P", "Date": "P", "Note": "FENote",
}  # fmt: skip

IDENTIFICATION = (
    "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>{conformance}"
    "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>"
)
"""ISO 19005-4, 6.7.3, and ISO 14289-2, clause 5."""


def adapt(root: Tag, links: list[tuple[Tag, str]], ends: Mapping[str, Tag]) -> None:
    """Give the nodes their types of PDF 2.0.  links: the node of each link inside the document, and the id that it
    leads to.  ends: the node of an id."""
    for node in nodes(root):
        node.kind = _KINDS.get(node.kind, node.kind)
        if node.kind == "FENote":
            node.say(O="/FENote", NoteType="/Footnote")
        if node.kind == "TOCI":
            _take_number(node)
        _take_captions(node)
    for node, target in links:
        if (end := ends.get(target)) is not None:
            _refer(node, end)


def _take_number(entry: Tag) -> None:
    """The page number of an entry of a contents stands in its reference: text may not stand beside that."""
    references = [kid for kid in entry.kids if isinstance(kid, Tag)]
    if references:
        references[-1].kids += [kid for kid in entry.kids if not isinstance(kid, Tag)]
        entry.kids = references


def _take_captions(node: Tag) -> None:
    """A caption stands in what it is the caption of: the picture before it, or the table behind it (ISO 32000-2,
    14.8.4.8.5); one of nothing is a paragraph."""
    kids = [kid for kid in node.kids if isinstance(kid, Tag)]
    if node.kind in ("Table", "TOC", "Figure"):
        return
    for before, kid, after in zip([None, *kids], kids, [*kids[1:], None], strict=False):
        if kid.kind != "Caption":
            continue
        if before is not None and before.kind == "Figure":
            node.kids.remove(kid)
            before.kids.append(kid)
        elif after is not None and after.kind == "Table" and not _has_caption(after):
            node.kids.remove(kid)
            after.kids.insert(0, kid)
        else:
            kid.kind = "P"
            continue
        kid.parent = before if before is not None and before.kind == "Figure" else after


def _has_caption(table: Tag) -> bool:
    return any(isinstance(kid, Tag) and kid.kind == "Caption" for kid in itertools.islice(table.kids, 1))


def _refer(node: Tag, end: Tag) -> None:
    """An entry of a contents leads to its heading, a mark of a note to the note, which leads back (ISO 14289-2, 8.2.5.8
    and 8.2.5.14)."""
    entry = node
    while entry.parent is not None and entry.kind != "TOCI":
        entry = entry.parent
    for one, other in ((entry, end) if entry.kind == "TOCI" else (node, end), (end, node)):
        if (one is not end or end.kind == "FENote") and other not in (one.refs or ()):
            one.refs = [*(one.refs or ()), other]
