"""Style sheets of the EPUB and HTML editions, made from the values every writer reads.

In: a style and a language.  Out: CSS.  Nothing is set in a unit that fights the reader's own size: lengths are em,
line heights are multiples, text has the size and the colours the reader gives it.  What a reading system does not know
(`text-spacing-trim`, `text-autospace`, `hanging-punctuation`: CSS Text 4) it passes over, and the rest still holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..style import Element, Face, Style
from ..style.once import once_a_style
from .closing import DATE_STEP

# What reading devices call the faces of a role, by the Windows name the style gives it.
_DEVICE_NAMES = {
    "FangSong": ("STFangsong", "Zhuque Fangsong"),
    "KaiTi": ("Kaiti SC", "STKaiti", "LXGW WenKai"),
    "SimHei": ("PingFang SC", "Microsoft YaHei"),
    "SimSun": ("Songti SC", "STSong"),
}
# Faces of last resort by language: a bare `serif` would draw shared quotes and dashes from a Latin face.
_LAST: dict[str, dict[str, tuple[str, ...]]] = {
    "serif": {
        "zh-Hans": ("Songti SC", "STSong", "SimSun", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC"),
        "zh-Hant": ("Songti TC", "PMingLiU", "Source Han Serif TC", "Noto Serif CJK TC", "Noto Serif TC"),
        "ja": ("Hiragino Mincho ProN", "Yu Mincho", "Source Han Serif", "Noto Serif CJK JP", "Noto Serif JP"),
        "ko": ("AppleMyungjo", "Batang", "Source Han Serif K", "Noto Serif CJK KR", "Noto Serif KR"),
    },
    "sans": {
        "zh-Hans": ("PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC"),
        "zh-Hant": ("PingFang TC", "Microsoft JhengHei", "Source Han Sans TC", "Noto Sans CJK TC", "Noto Sans TC"),
        "ja": ("Hiragino Sans", "Yu Gothic", "Source Han Sans", "Noto Sans CJK JP", "Noto Sans JP"),
        "ko": ("Apple SD Gothic Neo", "Malgun Gothic", "Source Han Sans K", "Noto Sans CJK KR", "Noto Sans KR"),
    },
}
_SMALLEST = 0.8  # of the body's size: what print sets smaller is hard to read on a screen
_GENERIC = {"serif": "serif", "sans": "sans-serif"}
# Roles set as paragraphs of their own, in an order in which a later rule may refine an earlier one.
_PARAGRAPHS = {
    "body": "p",
    "list_item": "li p",
    "quote": "blockquote p",
    "title": ".title",
    "subtitle": ".subtitle",
    "byline": ".byline",
    "dateline": ".dateline",
    "salutation": ".salutation",
    "heading1": ".heading1",
    "heading2": ".heading2",
    "heading3": ".heading3",
    "heading4": ".heading4",
    "note": ".note",
    "caption": "figcaption, caption, .caption",
    "preformatted": "pre",
    "signature": ".signature",
    "date": ".date",
    "attachment": ".attachment",
    "recipients": ".recipients",
    "public_note": ".public-note",
    "attendance": ".attendance",
    "annex_label": ".annex-label",
    "annex_title": ".annex-title",
    "source_note": ".source-note",
}
_LETTERHEAD = ("classification", "issuing_mark", "document_number", "copy_to", "printing")
_MARK_SIZE = "2em"
"""Of a mark: as large as a small screen has room for."""
_BOLD_BY_NATURE = frozenset({"title", "heading1", "heading2", "heading3", "heading4"})  # h1 to h6, as readers have them

_RESET = """\
html, body { margin: 0; padding: 0; }
h1, h2, h3, h4, h5, h6, p, figure, blockquote, ol, ul, li { margin: 0; padding: 0; font-size: 1em; }
ol, ul { list-style: none; }
article, aside, figcaption, figure, footer, header, main, section, nav#toc { display: block; }
nav[hidden] { display: none; }
"""
_FIXED = """\
p { orphans: 2; widows: 2; }
p.left { text-align: left; text-indent: 0; }
p.center { text-align: center; text-indent: 0; }
p.right { text-align: right; text-indent: 0; }
a { color: inherit; }
sup, sub { line-height: 0; }
sup a, .note-label a { text-decoration: none; }
.note-label { margin-right: 0.3em; }
.marker { margin-right: 0.35em; }
.marker.closed { margin-right: 0; }
ruby { ruby-align: space-around; }
.bopomofo { ruby-position: inter-character; }
rt { font-size: 0.5em; line-height: 1; text-emphasis: none; }
code { font-family: monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { font-family: inherit; }
figure { text-align: center; page-break-inside: avoid; break-inside: avoid; }
img { max-width: 100%; height: auto; }
.sign { max-height: 1.4em; object-fit: contain; vertical-align: middle; }
figcaption { text-indent: 0; }
.missing { border: thin dashed; padding: 2em 1em; text-align: center; }
.missing::before { content: attr(aria-label); }
table { border-collapse: collapse; }
caption { caption-side: top; padding-bottom: 0.4em; }
th, td { padding: 0.3em 0.5em; text-align: left; vertical-align: middle; font-weight: normal; }
td p, th p { text-indent: 0; margin: 0; }
.left { text-align: left; }
.center { text-align: center; }
.right { text-align: right; }
nav .heading1 { text-indent: 0; text-align: center; }
nav ol { padding: 0; }
nav li { text-indent: 0; }
nav a { text-decoration: none; }
.keep { white-space: nowrap; }
.source-note a { word-break: break-all; }
.western { line-break: auto; word-break: normal; hyphens: auto; }
"""
_HORIZONTAL = """\
li ol, li ul, nav li ol { padding-left: 2em; }
figure, blockquote, .scroll, pre { margin-top: 1em; margin-bottom: 1em; }
.scroll { overflow-x: auto; }
table { margin-left: auto; margin-right: auto; }
th, td { min-width: 3em; }
hr { width: 30%; margin: 1.5em auto 1em 0; border: 0; border-top: thin solid; }
aside { margin-top: 0.4em; }
.notes { margin-top: 2em; padding-top: 0.6em; border-top: thin solid; }
.attendance + .attendance { margin-top: 0; }
"""
# Physical sides of a page whose lines run from top to bottom and follow each other from right to left.
_VERTICAL = """\
html { -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; writing-mode: vertical-rl; }
body { text-orientation: mixed; }
.western { text-orientation: sideways; }
.tcy { -epub-text-combine: horizontal; -webkit-text-combine: horizontal; text-combine-upright: all; }
li ol, li ul, nav li ol { padding-top: 2em; }
figure, blockquote, .scroll, pre { margin-left: 1em; margin-right: 1em; }
.scroll { overflow: auto; max-height: 95vh; }
table { -epub-writing-mode: horizontal-tb; -webkit-writing-mode: horizontal-tb; writing-mode: horizontal-tb; }
th, td { min-width: 3em; }
img { max-height: 90vh; width: auto; }
hr { height: 30%; width: 0; margin: 0 1.5em auto 1em; border: 0; border-right: thin solid; }
aside { margin-right: 0.4em; }
.notes { margin-right: 2em; padding-right: 0.6em; border-right: thin solid; }
.note-label, .marker { margin-right: 0; margin-bottom: 0.3em; }
.attendance + .attendance { margin-right: 0; }
"""


@once_a_style
def edition_css(style: Style, language: str, embedded: tuple[tuple[str, str], ...] = ()) -> str:
    """The sheet both editions share.  embedded: roles of faces, and the family embedded for each."""
    sheet = _RuleMaker(style, language, dict(embedded))
    rules = [_RESET, sheet.root(), *(sheet.paragraph(role) for role in _PARAGRAPHS)]
    rules += [sheet.run_in(level) for level in range(1, 5)]
    rules += [_FIXED, _VERTICAL if style.composition.vertical else _HORIZONTAL]
    rules += [
        sheet.closing(),
        sheet.attachments(),
        sheet.table(),
        sheet.footnote(),
        sheet.contents(),
        sheet.emphasis(),
        sheet.western(),
        sheet.dark(),
    ]
    if style.form != "plain":
        rules.append(sheet.letterhead())
    return "".join(rules)


def font_stack(face: Face, language: str, embedded: str | None = None) -> str:
    """The CSS font-family of a role: the face embedded for it, the style's own wishes, then what devices have."""
    names = [embedded] if embedded else []
    if language.startswith("zh-Hans"):
        for name in face.docx:
            names += [name, *_DEVICE_NAMES.get(name, ())]
    names += [family.partition(":")[0] for family in face.families]
    last = _LAST[face.packaged]
    names += last[next((tag for tag in last if language.startswith(tag)), "zh-Hans")]
    fit = (name for name in dict.fromkeys(names) if not set(name) & set('"\\\n<'))
    return ", ".join((*(f'"{name}"' for name in fit), _GENERIC[face.packaged]))


def rule(selector: str, values: Mapping[str, str]) -> str:
    """One rule, empty where there is nothing to say."""
    lines = "".join(f"  {name}: {value};\n" for name, value in values.items())
    return f"{selector} {{\n{lines}}}\n" if lines else ""


def em(value: float) -> str:
    """A length in em as CSS writes it."""
    return f"{round(value, 4):g}em" if round(value, 4) else "0"


class _RuleMaker:
    def __init__(self, style: Style, language: str, embedded: Mapping[str, str]) -> None:
        self.style = style
        self.language = language
        self.embedded = embedded
        self.body = style.elements.body

    def root(self) -> str:
        """What the whole text has: the reader's own choice of face and line spacing reaches all of it from here."""
        rules = self.style.composition
        strictness = {"none": "anywhere", "basic": "normal"}.get(rules.breaks, "strict")
        return rule(
            "body",
            {
                "font-family": self.stack(self.body.face),
                "line-height": self.line_height(self.body),
                "line-break": strictness,
                "overflow-wrap": "break-word",
                "text-autospace": "normal" if rules.autospace else "no-autospace",
                # An opening bracket loses its blank half at a line start, mostly not at a paragraph's
                # (convert/README.md, Line composition 3).
                "text-spacing-trim": "trim-start" if rules.trim_indented_start else "space-first",
                "hanging-punctuation": "allow-end" if rules.hanging else "none",
                "hyphens": "auto" if rules.hyphenate else "manual",
            },
        )

    def stack(self, role: str) -> str:
        return font_stack(self.style.faces[role], self.language, self.embedded.get(role))

    def line_height(self, element: Element) -> str:
        return f"{round(element.leading * self.style.grid.line_pitch / element.size, 3):g}"

    def characters(self, element: Element, bold_by_nature: bool) -> dict[str, str]:
        """Face, weight, size and colour where they differ from the body's."""
        said: dict[str, str] = {}
        if element.face != self.body.face:
            said["font-family"] = self.stack(element.face)
        weight = self.style.faces[element.face].weight
        if element.bold:
            said["font-weight"] = "bold"
        elif weight != 400:
            # A face that is heavy by design is not to be made heavier still.
            said |= {"font-weight": str(weight), "font-synthesis": "none"}
        elif bold_by_nature:
            said["font-weight"] = "normal"
        if element.size != self.body.size:
            said["font-size"] = em(max(_SMALLEST, element.size / self.body.size))
        if self.coloured(element):
            said["color"] = element.color
        return said

    def paragraph_of(self, selector: str, element: Element) -> str:
        """The rule of an element that no role of a paragraph has."""
        said = self.characters(element, False)
        said |= {"text-indent": em(element.indent - element.hanging), "text-align": element.align}
        return rule(selector, said | {"padding": f"0 {em(element.right)} 0 {em(element.left + element.hanging)}"})

    def paragraph(self, role: str) -> str:
        element = self.style.element(role)
        said = self.characters(element, role in _BOLD_BY_NATURE) if role != "body" else {}
        said |= {"text-indent": em(element.indent - element.hanging), "text-align": element.align}
        said["margin"] = self.margin(element)
        if role != "body" and self.line_height(element) != self.line_height(self.body):
            said["line-height"] = self.line_height(element)
        if element.keep_next:
            said |= {"page-break-after": "avoid", "break-after": "avoid"}
        if element.page_break:
            said |= {"page-break-before": "always", "break-before": "page"}
        if element.balanced:
            # Breaks stand between phrases, where the text has <wbr/>.
            said |= {"word-break": "keep-all", "text-wrap": "balance"}
        return rule(_PARAGRAPHS[role], said)

    def margin(self, element: Element) -> str:
        """`above` and `below` are lines of the body, `left` and `right` em of the element."""
        line = self.style.grid.line_pitch / element.size
        above, below = em(element.above * line), em(element.below * line)
        start, end = em(element.left + element.hanging), em(element.right)
        sides = (start, above, end, below) if self.style.composition.vertical else (above, end, below, start)
        return "0" if set(sides) == {"0"} else " ".join(sides)

    def run_in(self, level: int) -> str:
        return rule(f".run-in{level}", self.characters(self.style.run_in(level), True))

    def closing(self) -> str:
        """Signatories and date without a seal (GB/T 9704-2012, 7.3.5.2), as `closing` has it: the date begins two
        characters right of the signatories; what it takes beyond them is room the style leaves at the edge, unless it
        is the longer one, which ends there."""
        element = self.style.elements.signature
        if element.align != "right":
            return ""
        line = self.style.grid.line_pitch / element.size
        above, end = em(element.above * line), em(element.right)
        after = "margin-bottom" if self.style.composition.vertical else "margin-right"
        sides = ("auto", above, end, "0") if self.style.composition.vertical else (above, end, "0", "auto")
        return (
            rule(".closing", {"display": "table", "margin": " ".join(sides)})
            + rule(".closing p", {"margin": "0", "text-align": "left"})
            + rule(".closing .date", {"text-indent": em(DATE_STEP), after: em(-min(DATE_STEP, element.right))})
            + rule(".closing.long .date", {after: "0"})
        )

    _HUNG = ", ".join(f".hang{at} .item" for at in range(1, 8))

    def attachments(self) -> str:
        """Turned lines stand under the name, further names under the first; for words of up to six characters."""
        side = "padding-top" if self.style.composition.vertical else "padding-left"
        start = self.style.elements.attachment.indent
        hangs = (rule(f".hang{at}", {side: em(start + at), "text-indent": em(-at)}) for at in range(1, 8))
        item = {"display": "block", "text-indent": em(start)}
        return rule(".attachment .item", item) + "".join(hangs) + rule(self._HUNG, {"text-indent": "-1em"})

    def letterhead(self) -> str:
        """A letterhead and the lines at the end: rules and colours as on paper, places as a screen has room."""
        numbers, elements = self.style.letterhead, self.style.elements
        red = numbers.color
        rules = [self.paragraph_of(f".{name.replace('_', '-')}", getattr(elements, name)) for name in _LETTERHEAD]
        mark = {"font-size": _MARK_SIZE, "margin": "1em 0 0.6em", "line-height": "1.3"}
        return "".join(
            (
                *rules,
                rule(".issuing-mark", mark),
                rule(".document-number, .issuer-line", {"margin": "0.6em 0 0"}),
                rule(".ruled", {"border-bottom": f"thin solid {red}", "padding-bottom": "0.6em"}),
                rule(".issuing-mark.letter", {"border-bottom": f"double {red}", "padding-bottom": "0.2em"}),
                rule(".document-number.letter", {"text-align": "right"}),
                rule(".sides", {"text-indent": "0"}),
                rule(".sides .row", {"display": "flex", "justify-content": "space-between"}),
                rule(".copy-to, .printing", {"border-top": "thin solid", "margin": "0"}),
                rule(".end-first", {"margin-top": "2em"}),
                rule(".end-last", {"border-bottom": "thin solid"}),
            )
        )

    def western(self) -> str:
        """Phrases in an alphabet: their quotes and dashes are the Latin face's, at its widths."""
        face = self.style.faces[self.body.face]
        names = (face.docx_latin, *(name.partition(":")[0] for name in face.latin))
        return rule(".western", {"font-family": ", ".join((*(f'"{name}"' for name in names), _GENERIC[face.packaged]))})

    def dark(self) -> str:
        """On a dark ground colours chosen for paper give way to the reader's own; the rest has none to begin with."""
        named = [selector for role, selector in _PARAGRAPHS.items() if self.coloured(self.style.element(role))]
        named += [f".run-in{level}" for level in range(1, 5) if self.coloured(self.style.run_in(level))]
        named += ["table"] if self.coloured(self.style.elements.table) else []
        return (
            f"@media (prefers-color-scheme: dark) {{\n{rule(', '.join(named), {'color': 'inherit'})}}}\n"
            if named
            else ""
        )

    @staticmethod
    def coloured(element: Element) -> bool:
        return element.color != "#000000"

    def table(self) -> str:
        element = self.style.elements.table
        said = self.characters(element, False) | {"line-height": self.line_height(element)}
        line = "thin solid"
        borders = {
            "all": rule("th, td", {"border": line}),
            "horizontal": rule("table", {"border-top": line, "border-bottom": line})
            + rule("thead tr:last-child > *", {"border-bottom": line}),
            "none": "",
        }[element.rules]
        head = rule("th", {"font-weight": "bold"})
        return rule("table", said) + borders + head

    def footnote(self) -> str:
        element = self.style.elements.footnote
        said = self.characters(element, False) | {"line-height": self.line_height(element)}
        return rule("aside", said) + rule("aside p", {"text-indent": em(element.indent)})

    def contents(self) -> str:
        element = self.style.elements.contents
        said = self.characters(element, False) | {"line-height": self.line_height(element)}
        return rule("nav", said)

    def emphasis(self) -> str:
        """Han have no italics: emphasis is the quotations' face, or bold where that is the body's own."""
        quote = self.style.elements.quote.face
        said = {"font-family": self.stack(quote)} if quote != self.body.face else {"font-weight": "bold"}
        side = "over right" if self.style.composition.emphasis_dots == "over" else "under right"
        dots = {
            f"{prefix}text-emphasis-{name}": value
            for prefix in ("-epub-", "-webkit-", "")
            for name, value in (("style", "filled dot"), ("position", side))
        }
        return (
            rule("em", {"font-style": "normal"} | said)
            + rule(".western em", {"font-style": "italic", "font-family": "inherit"})
            + rule("em.dots", {"font-family": "inherit", "font-weight": "inherit"} | dots)
            + rule(
                "em.dots:lang(ja), em.dots:lang(ko)",
                {f"{prefix}text-emphasis-position": "over right" for prefix in ("-epub-", "-webkit-", "")},
            )
        )
