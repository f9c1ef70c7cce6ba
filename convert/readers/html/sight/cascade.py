"""What the style sheets of a page say of an element's display: the cascade (W3C CSS Cascading Level 4, section 6).

In: the texts of the `<style>` elements in order; then elements as they are built, the outer before the inner.  Out: the
declarations that apply to an element that is hidden, the weakest first: of two for one property the last holds.  Read
are the properties that show or hide; a rule applies where its selector is made of tags, classes, ids, attributes,
`:not()`, `:first-child`, `:root` and combinators.  A selector with a state, such as `:hover`, never applies; a media
query does where a screen 1,280 pixels wide would match it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..thresholds import MAX_SHEET, SCREEN_WIDTH
from .dom import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_STRING = re.compile(r"\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*\"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'")
_BRACED = re.compile(r"[:(=,\s](?:\"[^\"\n{}]*[{}]|'[^'\n{}]*[{}])")
"""A text that may have a brace in it, which few sheets have."""
_DECLARATION = re.compile(r"(?:^|;)\s*(display|visibility|opacity)\s*:([^;!]*)(?:!\s*(\w+)\s*(?=;|$))?", re.I)
_SIMPLE = re.compile(
    r"\*|\.((?:[\w\u0080-\uffff-]|\\.)+)|#((?:[\w\u0080-\uffff-]|\\.)+)"
    r"|\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*(\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*(?:[is]\s*)?)?\]|(::?[\w-]+)(?:\(([^()]*)\))?"
)
_MAY_HIDE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0", re.I)
_Declarations = tuple[tuple[str, str, bool], ...]
_Declared = tuple[int, str, _Declarations]
_TAG = re.compile(r"[a-z][\w-]*", re.I)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)?\s*\)")


class _Simple(NamedTuple):
    """A compound selector.  tag: empty where it does not matter; first: it is its parent's first element."""

    tag: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str, str], ...] = ()
    nots: tuple[_Simple, ...] = ()
    first: bool = False
    root: bool = False


class _StyleRule(NamedTuple):
    """A selector with what it declares.  parts: compounds from the inside out, each with the combinator before it."""

    parts: tuple[tuple[str, _Simple], ...]
    weight: tuple[int, int, int, int]  # specificity, then order
    declarations: _Declarations


class Cascade:
    """The rules of a page's style sheets by what an element must have for them to apply.  root: the `<html>`."""

    def __init__(self, sheets: list[str], root: HtmlElement) -> None:
        hiding: list[_Declared] = []
        others: list[_Declared] = []
        if any(_MAY_HIDE.search(sheet) for sheet in sheets):
            found = (said for sheet in sheets for said in _rules(sheet[:MAX_SHEET]))
            for order, (prelude, declarations) in enumerate(found):
                (hiding if _hides(declarations) else others).append((order, prelude, declarations))
        self.empty = not hiding
        self._hiding = _RuleIndex(hiding, root)
        self._showing = _RuleIndex(others, root)

    def of(self, node: HtmlElement) -> tuple[str, str]:
        """What the sheets declare of an element that one of their rules hides, as the text of a style: ordinary, and
        `!important`.  Of any other nothing is asked: a rule that shows matters only where another hides."""
        hiding = self._hiding.of(node)
        if not hiding and node.hidden is None:  # what stands in something unseen may be seen again
            return _NOTHING
        said: tuple[list[str], list[str]] = ([], [])
        for rule in sorted(hiding + self._showing.of(node), key=lambda rule: rule.weight):
            for name, value, important in rule.declarations:
                said[important].append(f"{name}:{value};")
        return "".join(said[0]), "".join(said[1])


_NOTHING = ("", "")
_LAST = re.compile(r"[^\s>+~]+$")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^()]*\)")
_UNPLAIN = re.compile(r"[\\\[(\"']")
_ATTRIBUTE = re.compile(r"(?:^|[\s>+~*])\[\s*([\w-]+)[^\]]*\](?:\[[^\]]*\])*$")
_KEY = re.compile(r"[#.][\w\u0080-\uffff-]+")


class _Asked(NamedTuple):
    """The rules that may apply to elements of one tag, id and class.  sure: that do; standing: where they stand as the
    rule says; others: which ask for more."""

    sure: list[_StyleRule]
    standing: list[_StyleRule]
    others: list[_StyleRule]


class _RuleIndex:
    """Rules by what the element itself must have: an id, a class, a tag or an attribute.  Selectors are read when one
    asks for them: of most sheets no page has more than a small part."""

    def __init__(self, said: list[_Declared], root: HtmlElement) -> None:
        self._root = root
        self._said: dict[str, list[_Declared]] = {}  # a selector each, by its key
        self._made: dict[str, list[_StyleRule]] = {}
        self._asked: dict[tuple[str, str | None, str | None], _Asked] = {}  # by an element's tag, id, class
        for order, prelude, declarations in said:
            for text in _selectors(prelude):
                text = text.strip()
                self._said.setdefault(_key_of(text), []).append((order, text, declarations))
        self._attributes = {key[1:] for key in self._said if key.startswith("[")}

    def of(self, node: HtmlElement) -> list[_StyleRule]:
        """The rules that apply to an element."""
        attrs = node.attrs
        key = (node.tag, attrs.get("id"), attrs.get("class"))
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = self._ask(node, *key)
        found, standing, others = asked
        if standing or others:
            found = [*found, *(rule for rule in standing if _stands(node, rule.parts, 1))]
            found += (rule for rule in others if _matches(node, rule))
        if self._attributes:
            for name in self._attributes.intersection(attrs):
                found = found + [rule for rule in self._under(f"[{name}") if _matches(node, rule)]
        return found

    def _ask(self, node: HtmlElement, tag: str, id: str | None, classes: str | None) -> _Asked:
        keys = ["", tag, *(["#" + id] if id else []), *("." + one for one in (classes.split() if classes else ()))]
        asked = _Asked([], [], [])
        for rule in (rule for key in keys for rule in self._under(key)):
            own = rule.parts[0][1]
            if own.attributes or own.nots or own.first:
                asked.others.append(rule)
            elif _is(node, own):
                (asked.sure if len(rule.parts) == 1 else asked.standing).append(rule)
        return asked

    def _under(self, key: str) -> list[_StyleRule]:
        """The rules with a key."""
        if key not in self._made:
            made = (_rule(text, order, declarations) for order, text, declarations in self._said.get(key, ()))
            below = (_below(rule, self._root) for rule in made if rule is not None)
            self._made[key] = [rule for rule in below if rule is not None]
        return self._made[key]


def _key_of(selector: str) -> str:
    """What an element that a selector matches has: `#id`, `.class`, its tag, or `[name` of an attribute; empty where
    that is not plain."""
    bare = _BRACKETS.sub("", selector) if "[" in selector or "(" in selector else selector
    if _UNPLAIN.search(bare):
        return ""
    found = _LAST.search(bare)
    last = found[0] if found else ""
    compound = last.partition(":")[0]
    if found := _KEY.search(compound):
        return found[0]
    if compound not in ("", "*"):
        return compound.lower()
    own = _ATTRIBUTE.search(selector)
    return f"[{own[1].lower()}" if own and last in ("", "*") else ""


def _hides(declarations: _Declarations) -> bool:
    return any(value in ("none", "hidden", "collapse", "0") for _, value, _ in declarations)


# --- Sheets -----------------------------------------------------------------------------------------------------


def _rules(sheet: str) -> Iterator[tuple[str, _Declarations]]:
    """The rules of a sheet that show or hide: prelude and declarations.  Time is linear in the sheet."""
    if "DISPLAY" in sheet or "VISIBILITY" in sheet:  # as programs of old wrote
        sheet = _NAMES.sub(lambda found: found[0].lower(), sheet)
    if "display" not in sheet and "visibility" not in sheet and "opacity" not in sheet:
        return
    if "/*" in sheet:
        sheet = _COMMENT.sub("", sheet)
    if _BRACED.search(sheet):
        sheet = _STRING.sub(_braceless, sheet)
    around: list[str] = []  # the at-rules that are open
    for part in sheet.split("}"):
        head, opened, inside = part.rpartition("{")
        if not opened:
            if around:
                around.pop()
            continue
        if "{" in head:
            *outer, head = head.split("{")
            around += [text.rpartition(";")[2].strip() for text in outer]
        if "display" not in inside and "visibility" not in inside and "opacity" not in inside:
            continue
        prelude = head.rpartition(";")[2].strip()
        if not prelude.startswith("@") and all(map(_applies, around)) and (found := tuple(_declared(inside))):
            yield prelude, found


_NAMES = re.compile("DISPLAY|VISIBILITY|OPACITY")


def _braceless(string: re.Match[str]) -> str:
    return '""' if "{" in string[0] or "}" in string[0] else string[0]


def _declared(block: str) -> Iterator[tuple[str, str, bool]]:
    """What a block of declarations says of showing: property, value, and whether it is important."""
    for found in _DECLARATION.finditer(block):
        name, value, important = found.groups()
        yield name.lower(), value.strip().lower(), (important or "").lower() == "important"


@functools.lru_cache(maxsize=256)
def _applies(prelude: str) -> bool:
    """Whether an at-rule applies on a screen of the usual width."""
    name, _, query = prelude.lower().partition(" ")
    if name in ("@supports", "@layer"):
        return True
    return name == "@media" and any(map(_is_screen, query.split(",")))


def _is_screen(query: str) -> bool:
    for bound, size, unit in _WIDTH.findall(query):
        pixels = float(size) * (1 if unit in ("px", "") else 16)
        if (pixels > SCREEN_WIDTH) if bound == "min" else (pixels < SCREEN_WIDTH):
            return False
    rest = _WIDTH.sub("", query).split()
    return set(rest) <= {"only", "screen", "all", "and"}


def _selectors(prelude: str) -> list[str]:
    """The selectors of a list; a comma within brackets separates nothing."""
    if "(" not in prelude and "[" not in prelude:
        return prelude.split(",")
    return re.split(r",(?![^(\[]*[)\]])", prelude)


# --- Selectors --------------------------------------------------------------------------------------------------


def _rule(text: str, order: int, declarations: _Declarations) -> _StyleRule | None:
    """A selector with what it declares, None for one that never applies or is not understood."""
    text = text.strip()
    parts: list[tuple[str, _Simple]] = []
    combinator, at = "", 0
    while at < len(text):
        compound, end = _compound(text, at)
        if compound is None or end == at:
            return None
        parts.append((combinator, compound))
        found = _COMBINATOR.match(text, end)
        if found is None and end < len(text):
            return None
        combinator, at = (found[1] or " ", found.end()) if found else ("", end)
    if not parts or combinator:
        return None
    ids = classes = tags = 0
    for _, part in parts:
        for one in (part, *part.nots):
            ids += bool(one.id)
            classes += len(one.classes) + len(one.attributes) + one.first + one.root
            tags += bool(one.tag)
    links = [combinator for combinator, _ in parts[1:]] + [""]
    linked = tuple((link, part) for link, (_, part) in zip(links, parts, strict=True))
    return _StyleRule(linked[::-1], (ids, classes, tags, order), declarations)


def _compound(text: str, at: int) -> tuple[_Simple | None, int]:
    """The compound selector at an offset, and where it ends; None for one with a state or what is not known."""
    tag, id = "", ""
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    nots: list[_Simple] = []
    first = root = False
    if found := _TAG.match(text, at):
        tag, at = found[0].lower(), found.end()
    while found := _SIMPLE.match(text, at):
        at = found.end()
        if found[1]:
            classes.append(found[1].replace("\\", ""))
        elif found[2]:
            id = found[2].replace("\\", "")
        elif found[3]:
            attributes.append((found[3].lower(), found[4] or "", (found[5] or "").strip("\"'")))
        elif found[6] == ":not" and found[7]:
            inner, end = _compound(found[7].strip(), 0)
            if inner is None or end < len(found[7].strip()):
                return None, at
            nots.append(inner)
        elif found[6] == ":first-child":
            first = True
        elif found[6] == ":root":
            root = True
        elif found[6]:
            return None, at
    return _Simple(tag, id, frozenset(classes), tuple(attributes), tuple(nots), first, root), at


def _below(rule: _StyleRule, root: HtmlElement) -> _StyleRule | None:
    """The rule without what it asks of the root, which is no part of the tree; None where the root is not so."""
    outer = rule.parts[-1][1]
    if len(rule.parts) == 1 or (outer.tag != "html" and not outer.root):
        return rule
    return rule._replace(parts=rule.parts[:-1]) if _is(root, outer._replace(root=False)) else None


def _matches(node: HtmlElement, rule: _StyleRule) -> bool:
    return _is(node, rule.parts[0][1]) and (len(rule.parts) == 1 or _stands(node, rule.parts, 1))


def _stands(node: HtmlElement, parts: tuple[tuple[str, _Simple], ...], at: int) -> bool:
    """Whether an element that matches the part before stands where the others say."""
    if at == len(parts):
        return True
    combinator, part = parts[at]
    if combinator in (">", " "):
        outer = node.parent
        while outer is not None:
            if _is(outer, part) and _stands(outer, parts, at + 1):
                return True
            if combinator == ">":
                return False
            outer = outer.parent
        return False
    before = [child for child in node.parent.children if isinstance(child, HtmlElement)] if node.parent else []
    if node in before:
        before = before[: before.index(node)]
    near = before[-1:] if combinator == "+" else before
    return any(_is(sibling, part) and _stands(sibling, parts, at + 1) for sibling in near)


@functools.lru_cache(maxsize=8192)
def _classes(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _is(node: HtmlElement, part: _Simple) -> bool:
    attrs = node.attrs
    if (part.tag and part.tag != node.tag) or (part.id and part.id != attrs.get("id")) or part.root:
        return False  # the tree begins at the body
    if part.classes and not part.classes <= _classes(attrs.get("class") or ""):
        return False
    if not all(_has(attrs.get(name) if name in attrs else None, sign, value) for name, sign, value in part.attributes):
        return False
    if part.first and node.parent is not None:
        ahead = next((child for child in node.parent.children if isinstance(child, HtmlElement)), node)
        if ahead is not node:
            return False
    return not any(_is(node, inner) for inner in part.nots)


def _has(said: str | None, sign: str, value: str) -> bool:
    """Whether an attribute is as a selector asks; said: its value, None where it is absent."""
    if said is None:
        return False
    match sign:
        case "":
            return True
        case "=":
            return said == value
        case "~=":
            return value in said.split()
        case "^=":
            return bool(value) and said.startswith(value)
        case "$=":
            return bool(value) and said.endswith(value)
        case "*=":
            return bool(value) and value in said
    return said == value or said.startswith(value + "-")
