"""What the styles of the file are called: ids, names and Chinese aliases, by role.

Built-in styles carry Word's own names and ids, so that its outline, its contents field and its Chinese names for them
work; our own have a Chinese alias.
"""

from __future__ import annotations

from ..office.measures import HEADING_LEVELS, LIST_LEVELS

# role -> (style id, name, Chinese alias of a style of our own)
ROLES: dict[str, tuple[str, str, str]] = {
    "title": ("Title", "Title", ""),
    "subtitle": ("Subtitle", "Subtitle", ""),
    "byline": ("Byline", "Byline", "署名行"),
    "dateline": ("Dateline", "Dateline", "日期行"),
    "salutation": ("Salutation", "Salutation", ""),
    "note": ("Note", "Note", "附注"),
    "caption": ("Caption", "caption", ""),
    "quote": ("Quote", "Quote", ""),
    "signature": ("Signature", "Signature", ""),
    "date": ("Date", "Date", ""),
    "attachment": ("Attachment", "Attachment", "附件说明"),
    "footnote": ("FootnoteText", "footnote text", ""),
    "source_note": ("SourceNote", "Source Note", "来源说明"),
}
ELEMENTS: dict[str, tuple[str, str, str]] = {
    "recipients": ("Recipients", "Recipients", "主送机关"),
    "public_note": ("PublicNote", "Public Note", "公开说明"),
    "attendance": ("Attendance", "Attendance", "出席人员"),
    "annex_label": ("AnnexLabel", "Annex Label", "附件标记"),
    "annex_title": ("AnnexTitle", "Annex Title", "附件标题"),
    "classification": ("Classification", "Classification", "份号密级"),
    "issuing_mark": ("IssuingMark", "Issuing Mark", "发文机关标志"),
    "document_number": ("DocumentNumber", "Document Number", "发文字号"),
    "copy_to": ("CopyTo", "Copy To", "抄送机关"),
    "printing": ("Printing", "Printing", "印发机关"),
}
"""The styles of an official document's elements, as `ROLES`."""
GALLERY = frozenset(
    {
        "BodyText", "Title", "Subtitle", "Heading1", "Heading2", "Heading3", "Heading4", "Salutation", "Recipients",
        "Signature", "Date", "AttachmentFirst", "AnnexLabel", "AnnexTitle", "Caption", "ListParagraph",
    }
)  # fmt: skip
"""The styles that Word's gallery shows: those a clerk sets by hand."""
NORMAL = "Normal"
"""What every paragraph style descends from."""
BODY = "BodyText"
TABLE = "EditionTable"


def heading_id(level: int) -> str:
    """The style of a heading; Word has nine levels."""
    return f"Heading{min(level, HEADING_LEVELS)}"


def list_id(depth: int) -> str:
    """The style of a list item, depth from 1."""
    return "ListParagraph" if depth == 1 else f"List{min(depth, LIST_LEVELS)}"


def run_in_id(level: int) -> str:
    """The character style of a run-in heading."""
    return f"RunInHeading{min(level, 4)}"
