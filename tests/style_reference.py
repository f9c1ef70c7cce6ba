"""`styles/README.md`, made from the schema of styles: `python -m tests.style_reference` writes it.

What a key means stands here; its name, its default and what `gongwen` sets come from the schema and the style.  A key
without words, or words without a key, fail `tests/test_style_reference.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from convert import style
from convert.style import Length
from tests.docs_words import Say, english

FILE = Path(__file__).resolve().parents[1] / "styles" / "README.md"
EDITIONS = Path(__file__).parent / "fixtures" / "style-keys.txt"
LENGTH, EM, LINES, NUMBER, YES, WORD, TEXT = "length", "em", "lines", "number", "true or false", "word", "text"

TABLES: dict[str, tuple[str, str]] = {
    "page": ("Page", "Paper and text area. Lengths are measured to the em box of the first and last line."),
    "grid": ("Grid", "The grid that lines of body text, and in `gongwen` also characters, stand on."),
    "page_number": ("PageNumber", "The number below the text area."),
    "running_head": ("RunningHead", "A line above the text area of every page but the first."),
    "faces.ROLE": (
        "Face",
        "A typeface role. Elements name it by `ROLE`; which font it becomes is decided on the machine.",
    ),
    "elements.ROLE": ("Element", "How one kind of paragraph is set. The roles are listed below."),
    "letterhead": (
        "Letterhead",
        "What an official document has above and below its text, where `--form` or `form` asks for it.",
    ),
    "composition": ("Composition", "Line composition (`convert/README.md`, Line composition)."),
    "outline": ("Outline", "Bookmarks of the PDF, navigation of the EPUB, outline levels of the DOCX."),
    "contents": ("Contents", "A contents page."),
    "source_note": ("SourceNote", "The note at the end that says where the text comes from."),
    "pdf": ("Pdf", "What only the PDF edition knows."),
    "epub": ("Epub", "What only the EPUB edition knows."),
    "docx": (
        "Docx",
        "What Word's own arithmetic needs differently; the values of `gongwen` are explained in its file.",
    ),
}
"""Table of a style file -> the struct that holds it, and what it is for."""

KEYS: dict[str, dict[str, tuple[str, str, str]]] = {
    "Page": {
        "width": (LENGTH, "GB/T 9704, 5.1", "Width of the paper."),
        "height": (LENGTH, "GB/T 9704, 5.1", "Height of the paper."),
        "top": (
            LENGTH,
            "GB/T 9704, 5.2.1",
            "From the paper's upper edge to the first line: 37 mm, at most 1 mm more or less.",
        ),
        "inner": (LENGTH, "GB/T 9704, 5.2.1", "Margin at the binding side: 28 mm, at most 1 mm more or less."),
        "text_width": (LENGTH, "GB/T 9704, 5.2.1", "Width of the text area: 156 mm in the standard."),
        "text_height": (LENGTH, "GB/T 9704, 5.2.1", "Height of the text area: 225 mm in the standard."),
        "mirrored": (YES, "", "`inner` is the left margin of odd pages and the right one of even pages."),
    },
    "Grid": {
        "line_pitch": (LENGTH, "GB/T 9704, 5.2.3", "From baseline to baseline; all lines of body text stand on it."),
        "lines": (NUMBER, "GB/T 9704, 5.2.3", "Lines on a page."),
        "characters": (
            NUMBER,
            "GB/T 9704, 5.2.3",
            "Characters in a line, each in its cell; 0: no cells, the line is `text_width` wide.",
        ),
        "character_pitch": (LENGTH, "GB/T 9704, 5.2.3", "Width of a cell."),
    },
    "PageNumber": {
        "show": (YES, "GB/T 9704, 7.5", "Whether there are page numbers."),
        "face": (WORD, "GB/T 9704, 7.5", "Typeface role: Song in the standard."),
        "size": (LENGTH, "GB/T 9704, 7.5", "Size 4, 14 pt, in the standard."),
        "form": (
            TEXT,
            "GB/T 9704, 7.5",
            "What is printed, with `{n}` for the number: a one-em dash on each side in the standard.",
        ),
        "odd": (WORD, "GB/T 9704, 7.5", "Where the number of an odd page stands."),
        "even": (WORD, "GB/T 9704, 7.5", "Where the number of an even page stands."),
        "gap": (LENGTH, "GB/T 9704, 7.5", "From the lower edge of the text area to the number: 7 mm in the standard."),
        "inset": (EM, "GB/T 9704, 7.5", "How far the number stands inside the edge of the text area."),
    },
    "RunningHead": {
        "show": (YES, "", "Whether there is a running head."),
        "face": (WORD, "", "Typeface role."),
        "size": (LENGTH, "", "Size."),
        "form": (TEXT, "", "What is printed, with `{title}` for the document's title."),
        "odd": (WORD, "", "Where it stands on odd pages."),
        "even": (WORD, "", "Where it stands on even pages."),
        "gap": (LENGTH, "", "From the text of the head to the text area."),
        "rule": (YES, "", "Whether a line is drawn under it."),
    },
    "Face": {
        "docx": ("names", "GB/T 9704, 7", "East Asian font names written to the DOCX, the wanted one first."),
        "docx_latin": ("name", "", "Latin font name written to the DOCX."),
        "packaged": (WORD, "", "The face that comes with the program, used where no other is found."),
        "families": ("names", "", "Fonts to look for on the system, in this order, as `Family` or `Family:weight`."),
        "latin": ("names", "", "Fonts for letters and digits, in this order; empty: those of the face itself."),
        "weight": (NUMBER, "", "Weight of a variable face, 100 to 900."),
        "embolden": (EM, "", "Stroke added to outlines where the face found has no bold of its own."),
    },
    "Element": {
        "face": (WORD, "GB/T 9704, 7.3", "Typeface role, a key of `faces`."),
        "size": (LENGTH, "GB/T 9704, 5.2.2", "Size of the characters: size 3 for the body."),
        "bold": (YES, "", "Set in bold."),
        "stand_in_bold": (YES, "", "Set in bold where another face stands in that looks like the body's."),
        "align": (WORD, "", "How lines stand in the measure."),
        "indent": (EM, "GB/T 9704, 7.3.3", "Indent of the first line: two characters for the body."),
        "left": (EM, "", "Indent of the whole paragraph on the left."),
        "right": (EM, "GB/T 9704, 7.3.5.2", "Indent of the whole paragraph on the right."),
        "hanging": (EM, "", "Further indent of all lines but the first."),
        "above": (LINES, "GB/T 9704, 7.3.1", "Empty lines of the body above."),
        "below": (LINES, "GB/T 9704, 7.3.1", "Empty lines of the body below."),
        "leading": (LINES, "", "From baseline to baseline; 1 is the pitch of the grid."),
        "keep_next": (YES, "", "Stays on the page of what follows."),
        "page_break": (YES, "", "Begins a new page; level 1 always begins a new chapter file in the EPUB."),
        "balanced": (
            YES,
            "GB/T 9704, 7.3.1",
            "More than one line is broken between words, in a trapezoid or a diamond.",
        ),
        "color": ("`#rrggbb`", "GB/T 9704, 5.2.4", "Colour of the text."),
        "rules": (WORD, "", "Which borders a table has."),
    },
    "Letterhead": {
        "form": (WORD, "", "How official documents are set where `--form` does not say it; `auto`: as the page was."),
        "top": (LENGTH, "GB/T 9704, 7.2.4", "From the text area's upper edge to the mark."),
        "upward_top": (LENGTH, "GB/T 9704, 7.2.4", "The same in a document that goes up."),
        "order_top": (LENGTH, "GB/T 9704, 10.2", "The same in an order."),
        "minutes_top": (LENGTH, "GB/T 9704, 10.3", "The same in minutes."),
        "letter_top": (LENGTH, "GB/T 9704, 10.1", "From the paper's upper edge to a letter's mark."),
        "lines": (LINES, "GB/T 9704, 7.2.5", "Empty lines between the mark and the number."),
        "gap": (LENGTH, "GB/T 9704, 7.2.7", "From the number, in a letter from the mark, to the red rule."),
        "weight": (LENGTH, "", "Weight of the red rule."),
        "letter_rule": (LENGTH, "GB/T 9704, 10.1", "Length of a letter's two rules."),
        "letter_thick": (LENGTH, "", "Weight of the thick line of each."),
        "letter_thin": (LENGTH, "", "Weight of the thin one; in the DOCX it follows from the thick one."),
        "letter_rule_gap": (LENGTH, "", "Between the two; in the DOCX as the word processor draws it."),
        "letter_foot": (LENGTH, "GB/T 9704, 10.1", "From a letter's lower rule to the paper's lower edge."),
        "end_rule": (LENGTH, "GB/T 9704, 7.4.1", "Weight of the first and last rule at the end."),
        "end_rule_inner": (LENGTH, "GB/T 9704, 7.4.1", "Weight of the rules between them."),
        "even_end": (
            YES,
            "GB/T 9704, 7.5",
            "The lines at the end stand on an even page, but a letter's. PDF only: Word counts its pages itself.",
        ),
        "signer_face": (WORD, "GB/T 9704, 7.2.6", "Typeface role of the signers' names."),
        "color": ("`#rrggbb`", "GB/T 9704, 7.2.7", "Colour of the rules."),
    },
    "Composition": {
        "breaks": (WORD, "clreq 3.1.3", "How strict the rules of line starts and ends are."),
        "autospace": (EM, "clreq 3.2.2", "Space drawn between Han and western characters."),
        "hanging": (YES, "", "Commas and stops may stand outside the measure at a line's end."),
        "trim_indented_start": (
            YES,
            "clreq 3.1.6",
            "An opening bracket loses its left half also at an indented first line.",
        ),
        "hyphenate": (YES, "clreq 3.1.3", "Western words are divided at line ends."),
        "widow_control": (
            YES,
            "GB/T 9704, 5.2.3",
            "No page begins with a paragraph's last line or ends with its first; off, pages are filled.",
        ),
        "words": (WORD, "KLReq 3.1.2", "Whether lines break between the characters of a word, or only between words."),
        "vertical": (YES, "", "Lines run from top to bottom, from right to left."),
        "emphasis_dots": (WORD, "clreq 3.3.2", "Where emphasis dots stand: under (Chinese) or over (Japanese)."),
    },
    "Outline": {
        "depth": (NUMBER, "", "Deepest level of headings in bookmarks and navigation."),
        "run_in": (YES, "", "Run-in headings too; not in the DOCX, where a part of a paragraph has no level."),
    },
    "Contents": {
        "show": (
            'true, false or `"auto"`',
            "",
            "Whether there is a contents page; `auto`: in a long text with five headings, without a letterhead.",
        ),
        "depth": (NUMBER, "", "Deepest level of headings in it."),
        "least": (NUMBER, "", "Characters of a text that is long: 30,000 are fifty pages."),
    },
    "SourceNote": {"show": (YES, "", "Whether the note is printed.")},
    "Pdf": {
        "standard": (
            WORD,
            "",
            "What the file conforms to: PDF/A-2a with PDF/UA-1, or PDF/A-4 with PDF/UA-2, which is PDF 2.0.",
        ),
        "missing_glyphs": (
            WORD,
            "",
            "What becomes of a character that no font draws: an error, or a box and a notice.",
        ),
        "attach_source": (YES, "", "The page is embedded in the file, which is then PDF/A-3a or PDF/A-4f."),
    },
    "Epub": {
        "embed_fonts": (YES, "", "The characters used of each font go into the book."),
        "page_list": (YES, "", "The book has the pages of a print in this style."),
        "rights": (TEXT, "", "Who may do what with the edition."),
        "collection": (TEXT, "", "The series or set the editions belong to."),
        "collection_type": (WORD, "", "Which of the two it is."),
        "position": (TEXT, "", "The number of the editions in it."),
    },
    "Docx": {
        "top": (LENGTH, "GB/T 9704, 5.2.1", "Top margin as Word counts it."),
        "bottom": (LENGTH, "GB/T 9704, 5.2.1", "Bottom margin as Word counts it."),
        "left": (LENGTH, "GB/T 9704, 5.2.1", "Left margin as Word counts it."),
        "right": (LENGTH, "GB/T 9704, 5.2.1", "Right margin as Word counts it."),
        "line_pitch": (LENGTH, "GB/T 9704, 5.2.3", "Pitch of Word's line grid."),
        "body_size": (LENGTH, "GB/T 9704, 5.2.2", "Size of the body, in place of the size of the grid's cell."),
        "spacing": ("twentieths of a point", "GB/T 9704, 5.2.3", "Added to the width of each character of the body."),
        "hanging": (
            YES,
            "",
            "Word's own switch for marks outside the measure; LibreOffice reads it the wrong way round.",
        ),
        "reference": (
            "file",
            "",
            "A DOCX whose styles, page, headers and footers are kept; beside the style's file.",
        ),
        "embed_fonts": (YES, "", "The fonts that draw the text go into the file."),
        "show_repairs": (YES, "", "Each change to the text is a comment beside it."),
    },
}
"""Struct -> key -> unit, clause of the standard, and meaning.  GB/T 9704 is GB/T 9704-2012."""

ROLES: dict[str, tuple[str, str]] = {
    "title": ("7.3.1", "The title."),
    "subtitle": ("", "A second title line, often behind a two-em dash."),
    "byline": ("", "Who speaks or writes."),
    "dateline": ("", "A date under the title."),
    "salutation": ("7.3.2", "Whom it is addressed to, with a colon."),
    "heading1": ("7.3.3", "Heading of level 1, in Hei."),
    "heading2": ("7.3.3", "Heading of level 2, in Kai."),
    "heading3": ("7.3.3", "Heading of level 3."),
    "heading4": ("7.3.3", "Heading of level 4 and below."),
    "run_in1": ("7.3.3", "Leading sentence that is a heading of level 1."),
    "run_in2": ("7.3.3", "Leading sentence that is a heading of level 2."),
    "run_in3": ("7.3.3", "Leading sentence that is a heading of level 3."),
    "run_in4": ("7.3.3", "Leading sentence that is a heading of level 4 or below."),
    "body": ("7.3.3", "A paragraph of text."),
    "list_item": ("", "An item of a list."),
    "quote": ("", "A paragraph that is quoted."),
    "note": ("7.3.6", "A note in brackets, such as on who may read it."),
    "recipients": ("7.3.2", "The bodies the document goes to: flush left."),
    "public_note": ("7.3.6", "The note on publication, in brackets."),
    "attendance": ("10.3", "Who was at a meeting."),
    "annex_label": ("7.3.7", "The word over an attachment, which begins a page."),
    "annex_title": ("7.3.7", "The title of an attachment."),
    "classification": ("7.2.2", "Copy number, security and urgency."),
    "issuing_mark": ("7.2.4", "The mark of the body that issues; `size` is the largest."),
    "document_number": ("7.2.5", "The line of the number, with the signers."),
    "copy_to": ("7.4.2", "Whom copies go to, at the end."),
    "printing": ("7.4.3", "Who printed the document, and when."),
    "caption": ("", "Caption of a table or a picture."),
    "table": ("", "Text in the cells of a table."),
    "preformatted": ("", "Text whose lines and spaces stay as they are."),
    "signature": ("7.3.5.2", "The signatory: flush right less two characters."),
    "date": ("7.3.5.2", "The date under it, which begins two characters further right."),
    "attachment": ("7.3.4", "The note that names the attachments."),
    "footnote": ("", "A footnote."),
    "source_note": ("", "Where the text comes from."),
    "contents": ("", "A line of the contents page."),
}
"""Role of an element -> clause of GB/T 9704-2012, and what it is."""

HEAD = """# Styles

Made by `python -m tests.style_reference` from the schema in `convert/style/`; do not edit it by hand.

A style is one TOML file. `extends = "NAME"` names a parent, and a file holds only what differs from it; of several
(`extends = ["NAME", "faces/ja.toml"]`) a later one goes before the others. `description` is the line that `wenban
styles` shows. The table `[languages]` names the styles that take its place for texts in other languages (`ja =
"report-ja"`); what extends a style does not inherit it. An unknown key is an error that names the nearest known one.

Units: a *length* is a string with a unit, `"37mm"` (pt, mm, cm or in). An *em* is the size of the element's own
characters. *Lines* are lines of the body, so many pitches of the grid. Clauses are those of GB/T 9704-2012 (layout of
official documents) and of clreq (W3C, Requirements for Chinese Text Layout).

The column `gongwen` has the value of the default style where it sets one. The column `editions` has those that a key
changes, by trial (`python -m tests.style_keys`); HTML is also what the EPUB's sheet is made of.
"""


def reference(say: Say = english) -> str:
    """The whole text of `styles/README.md`, which is also a page of the docs."""
    written = tomllib.loads((style.styles_folder() / "gongwen.toml").read_text("utf-8"))
    parts = ["\n\n".join(_said(part, say) for part in HEAD.rstrip().split("\n\n")) + "\n"]
    for name, (struct, purpose) in TABLES.items():
        head = _head(*map(say, ("key", "unit", "default", "`gongwen`", "editions", "clause", "what it is")))
        parts.append(f"\n## `[{name}]`\n\n{say(purpose)}\n\n{head}")
        parts += map(_row, _keys(name, getattr(style, struct), struct, written.get(name, {}), say))
        if name == "elements.ROLE":
            parts += _roles(say)
    return "".join(parts)


def _said(part: str, say: Say) -> str:
    return f"# {say(part[2:])}" if part.startswith("# ") else say(part)


def _head(*cells: str) -> str:
    return _row(cells) + "|---" * len(cells) + "|\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n".replace("|  |", "| |").replace("|  |", "| |")


def editions() -> dict[str, str]:
    """The editions that a key changes, as `style_keys` found them."""
    lines = EDITIONS.read_text("utf-8").splitlines()
    return {name: felt for name, _, felt in (line.partition(": ") for line in lines)}


def _keys(
    table: str, kind: type[msgspec.Struct], struct: str, written: dict[str, object], say: Say
) -> Iterator[tuple[str, ...]]:
    """A row for each key.  written: what the file of `gongwen` has in this table."""
    known = editions()
    for field in msgspec.structs.fields(kind):
        unit, clause, meaning = KEYS[struct][field.name]
        words = _words(field.type) if unit == WORD else ()
        unit = ", ".join(f"`{word}`" for word in words) or say(unit)
        default = "" if field.required else shown(field.default)
        where = known[f"{table}.{field.name}"].replace(" ", ", ")
        yield f"`{field.name}`", unit, default, shown(written.get(field.name)), where, clause, say(meaning)


def _words(kind: Any) -> tuple[str, ...]:
    return get_args(kind) if get_origin(kind) is Literal else ()


def shown(value: object) -> str:
    """A value as a style file has it; nothing for None."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Length):
        return f'`"{value:g}pt"`'
    return f'`"{value}"`' if isinstance(value, str) else f"{value:g}"


def _roles(say: Say) -> Iterator[str]:
    official = style.load("gongwen")
    head = _head(*map(say, ("role", "face", "size", "align", "indent", "clause", "what it is")))
    yield f"\n{say('Roles, with what `gongwen` sets:')}\n\n{head}"
    for role, (clause, meaning) in ROLES.items():
        one = official.element(role)
        where = f"GB/T 9704, {clause}" if clause else ""
        yield _row((f"`{role}`", one.face, f"{one.size:g}pt", one.align, f"{one.indent:g}", where, say(meaning)))


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
