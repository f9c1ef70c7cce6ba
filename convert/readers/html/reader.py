"""Saved web pages -> a raw document: the article, its metadata, its pictures, and everything else marked as left out.

In: a `Source` of HTML (MHTML comes as its root part with `parts`).  Out: a raw `Document`, one block for each visible
line or picture.  Its lines are the page's visible text lines (`visible_lines`), one for each block, in document order;
hidden text has lines too, so that it can be found as `Removed`.  Steps, each in a file of its own: decode, parse
(WHATWG), cut into leaves, find title and article, read metadata, build blocks.
"""

from __future__ import annotations

import gc
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from ...errors import NoContentError, Notice, Said, SourceError
from ...model import Document, Metadata, SourceInfo
from ...source import Source, decode
from ...zh.shells import LONGEST_SHELL, is_shell
from .build.blocks import BlockBuilder
from .build.inlines import InlineMaker, absolute
from .build.leafroles import LeafRoles
from .build.media import PictureReader
from .build.notes import NoteFinder
from .build.roles import roles_of
from .metadata.statements import Statements, from_head, language
from .proof import UNPROVED, left_out, pictures_left_out
from .sight.dom import HtmlElement, WebPage, dissolve
from .sight.leaves import cut
from .sight.parse import parse, shown_by_script, shown_in_fields
from .sight.pictures import is_picture, size_of
from .sight.runs import Leaf
from .sight.visibility import FADED, SAME_COLOUR, UNSEEN
from .thresholds import LEFT_OUT, LITTLE_PROSE, LONGEST_ADDRESS, MANY_LINKS, MAX_PAGE_TAGS, MOSTLY, PROSE, SMALL_PICTURE
from .weigh.article import Article, candidate_of, core_of, find
from .weigh.features import Features
from .weigh.titles import find_title, without_site


def read(source: Source) -> Document:
    """The raw document of a page.

    Raises SourceError where the bytes are no text or the page is beyond all measure, NoContentError where it shows no
    text and no picture.
    """
    with _undisturbed() as pages:
        return PageReading(source, pages).document()


@contextmanager
def _undisturbed() -> Iterator[list[WebPage]]:
    """No search for garbage: all that reading a page makes is in use until it is read.  The trees of pages that are
    put into what it yields are taken apart then."""
    searching = gc.isenabled()
    gc.disable()
    pages: list[WebPage] = []
    try:
        yield pages
    finally:
        for page in pages:
            dissolve(page)
        if searching:
            gc.enable()


def visible_lines(source: Source) -> list[str]:
    """The lines that origins count: the page's text as a reader goes through it, hidden text included."""
    return PageReading(source).lines()


def visible_text(source: Source) -> str:
    """The decoded text of a page, in the sense of ledger and replay: its visible lines joined by line feeds."""
    return "\n".join(visible_lines(source))


def missing_pictures(source: Source) -> list[list[tuple[str, str]]]:
    """For each picture of the article that is not at hand: where it may be, as the page writes it and as an address."""
    reading = PageReading(source)
    builder, _, _ = reading._built()
    found = [
        [(reference, whole) for reference in references if (whole := absolute(reading.base, reference))]
        for references in builder.pictures.missing
    ]
    return [choices for choices in found if choices]


class PageReading:
    """The way of one page through the floors."""

    def __init__(self, source: Source, pages: list[WebPage] | None = None) -> None:
        """pages: gets every page that is parsed."""
        self.source = source
        pages = [] if pages is None else pages
        decoded = decode(source)
        self.charset = decoded.charset
        self.notices: list[Notice] = list(decoded.notices)
        if len(decoded.text) > MAX_PAGE_TAGS and decoded.text.count("<") > MAX_PAGE_TAGS:
            raise SourceError(Said("too-many-tags", MAX_PAGE_TAGS=MAX_PAGE_TAGS), where=source.path)
        self.page = parse(decoded.text, decoded.utf8, self._beside)
        pages.append(self.page)
        self.leaves, self.nodes = cut(self.page.body, self.page.ids)
        if self.page.fields and not _shows_prose(self._beside_fields()) and shown_in_fields(self.page):
            self.leaves, self.nodes = cut(self.page.body, self.page.ids)
        if not _shows_prose(self.leaves) and (made := shown_by_script(self.page)) is not None:
            self.page = made
            pages.append(made)
            self.leaves, self.nodes = cut(made.body, made.ids)
            self.notices.append(Notice.of(Said("script-page")))
        _show_pictures(self.leaves)
        if not any(leaf.kind != "rule" and leaf.hidden is None for leaf in self.leaves):
            self._reveal()
        if not any(leaf.kind != "rule" for leaf in self.leaves):
            raise NoContentError(Said("page-without-text"), where=source.path)
        shown = " ".join(leaf.text for leaf in self.leaves if leaf.hidden is None and leaf.kind == "text")
        if len(shown) <= LONGEST_SHELL and is_shell(shown):
            raise NoContentError(Said("page-without-text"), where=source.path)
        self.url = self._address()
        self.base = absolute(self.url or "", self.page.base) or self.url or ""

    def _beside_fields(self) -> list[Leaf]:
        """The leaves whose text is not that of a field."""
        fields = ["".join(field.text().split()) for field in self.page.fields]
        return [leaf for leaf in self.leaves if not any("".join(leaf.text.split()) in field for field in fields)]

    def _beside(self, address: str) -> str | None:
        """The text of a page in a frame or of a style sheet: a part of the same archive, or a file beside the page."""
        data = PictureReader(self.source, self.source.url or "").bytes_of(address.strip())
        if data is None or not data.strip():
            return None
        try:
            return decode(msgspec.structs.replace(self.source, data=data)).text
        except SourceError:
            return None

    def _address(self) -> str | None:
        """The page's address: of its carrier, of its own head, or of the comment browsers save with it."""
        page = self.page
        for address in (self.source.url, page.saved_from, page.canonical, page.meta("og:url")):
            if address and (whole := absolute("", address)):
                return whole
        return None

    # --- The article ---

    def _reveal(self) -> None:
        """Shows hidden text: some pages hide all they have until a script has run."""
        for leaf in self.leaves:
            if leaf.hidden is not None and leaf.hidden != SAME_COLOUR:
                leaf.hidden = None

    def _article(self) -> tuple[Article, int | None]:
        """The article and the leaf that is its title."""
        looks = self.features = Features(self.leaves, self.nodes)
        place = candidate_of(looks, self.nodes)
        core = core_of(looks, place.prose)
        if core and _reveal_around(self.leaves, core, self.nodes):
            place = candidate_of(looks, self.nodes)
            core = core_of(looks, place.prose)
        prose = sum(len(self.leaves[index].text) for index in core)
        if prose < 100 and _hidden_prose(self.leaves) > max(3 * prose, 20):
            self._reveal()
            self.notices.append(Notice.of(Said("hidden-page")))
            place = candidate_of(looks, self.nodes)
            core = core_of(looks, place.prose)
        start, end = (core[0], core[-1]) if core else (-1, -1)
        title = find_title(self.page, self.leaves, start, end)
        return find(looks, self.nodes, place, title), title

    def document(self) -> Document:
        """The raw document."""
        builder, labels, known = self._built()
        source = self.source
        text = "".join(self.leaves[index].text for index in sorted(labels.kept))
        self.notices += builder.notices
        self._prove(builder)
        return Document(
            source=SourceInfo(
                source.name, source.digest(), source.media_type, self.charset,
                len(builder.lines), "\n", False,
            ),
            metadata=self._metadata(known, labels, text),
            blocks=tuple(self.blocks),
            notes=tuple(builder.made_notes.values()),
            media=builder.pictures.media,
            notices=tuple(self.notices),
        )  # fmt: skip

    def _is_list(self, labels: LeafRoles, known: Statements) -> bool:
        """The page is a list of links: it has no text of its own, no picture, no date, and no file to fetch."""
        of, kept = self.features, labels.kept
        shown = [leaf.index for leaf in self.leaves if leaf.hidden is None and leaf.kind == "text"]
        links = [index for index in shown if of.linked[index]]
        if known.published or len(links) < MANY_LINKS or any(of.linked[index] for index in kept):
            return False
        pictures = [index for index in kept if self.leaves[index].image is not None]
        if any(not any(_links(self.leaves[index])) for index in pictures) and len(pictures) < MANY_LINKS:
            return False  # a notice that is a picture; each item of a list has its icon
        if sum(of.size[index] for index in kept if of.prose[index]) >= LITTLE_PROSE:
            return False
        return sum(of.size[index] for index in links) >= MOSTLY * sum(of.size[index] for index in shown)

    def _prove(self, builder: BlockBuilder) -> None:
        """Says so where much of the page's prose is in no edition and nothing tells that it is furniture."""
        lost = left_out(self.leaves, self.features, self.blocks, builder.made_notes.values())
        size, of = sum(map(len, lost)), self.features
        whole = sum(of.size[leaf.index] for leaf in self.leaves if of.prose[leaf.index] and leaf.hidden is None)
        if size > LEFT_OUT * whole:
            self.notices.append(
                Notice.of(Said("text-left-out", count=len(lost), share=round(100 * size / max(size, whole))))
            )
        if (pictures := pictures_left_out(self.leaves, builder.labels.kept, self.blocks)) > 0:
            self.notices.append(Notice.of(Said("pictures-left-out", count=pictures)))

        if behind := list(_behind(builder)):
            address = behind[0][:LONGEST_ADDRESS]
            self.notices.append(Notice.of(Said("background-pictures", count=len(behind), address=address)))

    def lines(self) -> list[str]:
        """The lines that origins count."""
        return self._built()[0].lines

    def _built(self) -> tuple[BlockBuilder, LeafRoles, Statements]:
        article, title = self._article()
        labels, known = roles_of(self.page, self.leaves, article, title)
        self._said_roles(labels, known)
        if self._is_list(labels, known):
            self.notices.append(Notice.of(Said("link-list", count=sum(self.features.linked))))
            for index in [index for index, reason in labels.reasons.items() if reason in UNPROVED]:
                labels.kept.add(index)
                del labels.reasons[index]
        elif article.prose < LITTLE_PROSE:
            self.notices.append(Notice.of(Said("little-text")))
        notes = NoteFinder(self.page, self.leaves, labels.kept)
        for index in notes.of_leaf:  # notes often stand below what ends the article
            labels.kept.add(index)
            labels.reasons.pop(index, None)
            labels.roles.pop(index, None)
        for index in notes.marks:
            labels.kept.discard(index)
            labels.reasons[index] = "navigation"
        inlines = InlineMaker(self.base, self.page.language, notes.of_link)
        region = article.region or self.page.body
        builder = BlockBuilder(self.leaves, region, labels, inlines, PictureReader(self.source, self.base), notes)
        self.blocks = builder.build()
        return builder, labels, known

    def _said_roles(self, labels: LeafRoles, known: Statements) -> None:
        """Changes roles to those that the page states; pages of the web state none."""

    def _metadata(self, known: Statements, labels: LeafRoles, text: str) -> Metadata:
        from_head(self.page, known)
        values = known.values
        title = values.get("title") or self.page.meta("articletitle", "og:title") or without_site(self.page.title)
        return Metadata(
            title=title or None,
            subtitle=values.get("subtitle"),
            source=values.get("source"),
            editor=values.get("editor"),
            author=values.get("author"),
            published=known.published,
            url=self.url,
            retrieved=self.source.fetched,
            document_number=values.get("document_number"),
            issuing_body=values.get("issuing_body"),
            index_number=values.get("index_number"),
            language=language(self.page.language, text) if self.page.language else None,
            extra=tuple(dict.fromkeys(known.extra)),
        )


def _links(leaf: Leaf) -> Iterator[HtmlElement]:
    return (run.format.link for run in leaf.runs if run.format.link is not None)


_BEHIND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*[\"']?(?!data:)([^\"')\s]+)", re.I)


def _behind(builder: BlockBuilder) -> Iterator[str]:
    """The addresses of pictures that parts of the article have as backgrounds, each once."""
    kept = builder.labels.kept
    first, last, at = min(kept, default=0), max(kept, default=-1), -1
    known: set[str] = set()
    for node in builder.region.elements():
        if (span := node.span)[0] < span[1]:
            at = span[0]  # what holds nothing stands behind it
        if "url(" not in (style := node.get("style")) or node.hidden is not None or not first <= at <= last:
            continue
        found = _BEHIND.search(style)
        icon = max((size for size in size_of(node) if size is not None), default=SMALL_PICTURE + 1) <= SMALL_PICTURE
        if found is not None and not icon and found[1] not in known:
            known.add(found[1])
            yield found[1]


_MARKS = re.compile("[\uff0c\u3002\uff1b\uff01\uff1f]")


def _show_pictures(leaves: list[Leaf]) -> None:
    """Shows pictures that the page itself does not until a script has loaded them, with the captions of figures."""
    for leaf in leaves:
        if leaf.hidden not in (UNSEEN, FADED):
            continue
        if leaf.kind == "image" and leaf.node.hidden is None:
            leaf.hidden = None  # it is hidden itself, not what it stands in
            continue
        around = {node.tag: node for node in leaf.node.up() if node.tag in ("figure", "figcaption")}
        figure = around.get("figure")
        if figure is not None and figure.hidden == leaf.hidden and (leaf.kind == "image" or "figcaption" in around):
            leaf.hidden = None


def _reveal_around(leaves: list[Leaf], core: list[int], nodes: list[HtmlElement]) -> bool:
    """Shows what an element hides that holds lines of the article which are seen: it is hidden until a script has run,
    and what was set by hand in it says that it is visible.  Whether anything was shown."""
    shown = False
    for node in nodes:
        first, last = node.span
        if node.hidden != UNSEEN or (node.parent is not None and node.parent.hidden == node.hidden):
            continue
        if not any(first <= index < last and leaves[index].hidden is None for index in core):
            continue
        for leaf in leaves[first:last]:
            if leaf.hidden == UNSEEN and not any(_HIDES.search(place.get("style")) for place in _within(leaf, node)):
                leaf.hidden, shown = None, True
    return shown


_HIDES = re.compile(r"visibility\s*:\s*(?:hidden|collapse)")


def _within(leaf: Leaf, outer: HtmlElement) -> Iterator[HtmlElement]:
    return itertools.takewhile(lambda place: place is not outer, leaf.node.up())


def _shows_prose(leaves: list[Leaf]) -> bool:
    """The page has text, seen or not, that a script only has to show, or a picture that may be all it says."""
    if any(leaf.image is not None and is_picture(leaf.image) for leaf in leaves):
        return True
    said = (leaf.text for leaf in leaves if len(leaf.text) >= PROSE)
    return sum(len(text) for text in said if _MARKS.search(text)) >= LITTLE_PROSE


def _hidden_prose(leaves: list[Leaf]) -> int:
    return sum(len(leaf.text) for leaf in leaves if leaf.hidden and len(leaf.text) > 20 and _MARKS.search(leaf.text))
