"""Cleaning: a raw document in, the same document repaired and labelled out (convert/README.md).

Two ordered lists of passes, one rule a function.  `REPAIRS` change text, each change on record, and run until none of
them finds anything more, so that a text once repaired is left alone.  `LABELS` change no text: they say what each block
is.  Nothing is deleted: what is no part of the text stays in place as `Removed` or `meta`.
"""

from __future__ import annotations

from msgspec.structs import replace

from ..corrections import Corrections, MetadataCorrection, Sidecar, over
from ..errors import FidelityError, NoContentError, Said
from ..model import REMOVAL_REASONS, Block, Document, List, Paragraph, Removed, walk
from . import limits
from .balance import close_quotes, unbalanced
from .build import built, noted
from .byhand import by_hand, repaired_by_hand, spoken, without_overruled
from .characters import compatibility, control, edges, entities, invisible, letterspaces, spaces, warn_characters
from .draft import CleaningStep, Draft
from .folios import folios
from .front import fronted
from .held import held, unheld
from .language import language
from .lines import joined
from .lists import lists, no_list
from .notation import notation
from .openings import opened
from .papers import papered
from .punctuation import brackets, dashes, ellipses, nfkc, punctuation, quotes, stops, undecided
from .reading import reading
from .reading.confidence import unnamed, unsure
from .script import scripts
from .tables import tables

REPAIRS: tuple[tuple[str, CleaningStep], ...] = (
    ("entity", entities),
    ("control", control),
    ("invisible", invisible),
    ("language", language),
    ("compatibility", compatibility),
    ("edges", edges),
    ("notation", notation),
    ("letterspace", letterspaces),
    ("page-number", folios),
    ("line-join", joined),
    ("nfkc", nfkc),
    ("dash", dashes),
    ("ellipsis", ellipses),
    ("quotes", quotes),
    ("brackets", brackets),
    ("punctuation", punctuation),
    ("full-stop", stops),
    ("space", spaces),
)
LABELS: tuple[tuple[str, CleaningStep], ...] = (
    ("link-list", no_list),
    ("reading", reading),
    ("lists", lists),
    ("by-hand", by_hand),
    ("unnamed", unnamed),
    ("unsure", unsure),
    ("tables", tables),
    ("unbalanced", unbalanced),
    ("undecided", undecided),
    ("characters", warn_characters),
)
SCRIPTS = scripts()
"""Editions in another script: made when everything is read."""
OPTIONAL: tuple[tuple[str, CleaningStep], ...] = (("close-quotes", close_quotes), *SCRIPTS)
"""Repairs that guess, and editions in another script: made only where they are asked for."""
PASSES = REPAIRS + LABELS + OPTIONAL
"""Every pass by name; those a document gets run in this order, the optional ones among the repairs."""


def clean(
    document: Document,
    *,
    skip: frozenset[str] = frozenset(),
    also: frozenset[str] = frozenset(),
    sidecar: Sidecar | None = None,
) -> Document:
    """The document repaired and labelled.  skip: names of passes to leave out; also: of optional passes to run.
    sidecar: what a person says of it.

    Raises NoContentError: no text is left that could be published, or the page is a list of links; SourceError: what
    the sidecar says is not so any more.
    """
    document, front = fronted(document)
    if front != MetadataCorrection():
        sidecar = sidecar or Sidecar(document.source.name, "", Corrections())
        said = replace(sidecar.corrections, metadata=over(front, sidecar.corrections.metadata))
        sidecar = replace(sidecar, corrections=said)
    draft = Draft(opened(document, sidecar), skip, sidecar)
    spoken(draft)
    asked = tuple(rule for rule in OPTIONAL if rule[0] in also)
    repairs = REPAIRS + tuple(rule for rule in asked if rule not in SCRIPTS)
    for _ in range(limits.ROUNDS):
        before = draft.changed
        _run(draft, repairs)
        draft.settle()
        if draft.changed == before:
            break
    repaired_by_hand(draft)
    _run(draft, LABELS)
    _run(draft, tuple(rule for rule in asked if rule in SCRIPTS))
    blocks = without_overruled(built(draft), draft)
    blocks, draft.metadata = papered(blocks, draft.metadata)
    if not any(_holds_text(block) for block in walk(blocks)):
        raise NoContentError(Said("no-text"), where=document.source.name or None)
    return replace(
        document,
        metadata=held(blocks, draft.metadata),
        blocks=blocks,
        notes=noted(draft),
        repairs=tuple(sorted((*document.repairs, *draft.repairs()), key=lambda repair: (repair.line, repair.column))),
        notices=(*document.notices, *draft.notices),
        metadata_sure=draft.metadata_sure,
        metadata_by_hand=sidecar.corrections.metadata.named() if sidecar is not None else (),
    )


def check(document: Document) -> None:
    """Raises FidelityError where a line is left out without one of the reasons there are, or taken for metadata that
    does not have it (convert/README.md, invariant 1): a pass of another package may do so."""
    for block in walk(document.blocks):
        if isinstance(block, Removed) and block.reason not in REMOVAL_REASONS:
            raise FidelityError(Said("removal-unreasoned", reason=block.reason))
    for line in unheld(document.blocks, document.metadata):
        raise FidelityError(Said("meta-unheld", line=line))


def _run(draft: Draft, passes: tuple[tuple[str, CleaningStep], ...]) -> None:
    for name, rule in passes:
        if name not in draft.skip:
            rule(draft)


def _holds_text(block: Block) -> bool:
    match block:
        case Removed():
            return False
        case Paragraph():
            return block.role not in ("meta", "title", "subtitle") and bool(block.children)
    return not isinstance(block, List)
