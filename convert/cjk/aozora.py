"""The notation of Aozora Bunko, in which Japanese texts are typed: ruby, notes on setting, characters by their place.

Its own key stands above each text, and its rules at `aozora.gr.jp` (the annotation manual, 注記一覧).  A note that says
how the text is set is carried out; one that says something of the text, as what the printed book had, stays in it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from ..zh.patterns import pattern

KEY = pattern("\u3010テキスト中に現れる記号について\u3011")
FENCE = pattern("-{20,}$")
COLOPHON = pattern("底本(?:の親本)?[\uff1a:]")
LIBRARY = pattern("青空文庫")
TRANSLATOR = pattern(".{1,30}(?:訳|編訳|訳注|編|校訂)$")
"""Who put a text into Japanese, or edited it, on a line behind the writer's."""

TypedEmphasis = Literal["dots", "underline", "strong", "emphasis", "sup", "sub"]
TypedKind = Literal["ruby", "heading", "lead"] | TypedEmphasis


class TypedMark(NamedTuple):
    """What the notation says of the characters `start` to `end` of the text without it.

    kind: `lead` is a heading in a line.  said: of ruby its gloss, of a heading its rank, `1` to `3`.
    """

    start: int
    end: int
    kind: TypedKind
    said: str = ""


class TypedLine(NamedTuple):
    """What the notation of a library's texts says of a line.

    kind: `key` is the library's own key to its notation.  rank: of a heading, 1 to 3.  lead: how many characters of
    the line are a heading in it; 0 where all of it is one.
    """

    kind: Literal["title", "subtitle", "byline", "key", "heading", "text", "colophon"]
    rank: int = 0
    lead: int = 0


class Typed(NamedTuple):
    """A line without its notation.

    text: what is left.  edits: (start, end, after) over the line as typed.  marks: of the text.  right: it is set at
    the end of its line.
    """

    text: str
    edits: list[tuple[int, int, str]]
    marks: list[TypedMark]
    right: bool


_N = "[0-9\uff10-\uff19一二三四五六七八九十]+"
_X = "\u300c(?P<words>(?:[^\u300c\u300d]|\u300c[^\u300c\u300d]*\u300d)+)\u300d"
_TOKEN = pattern(
    "(?P<note>\u203b?\uff3b\uff03(?P<body>(?:[^\uff3b\uff3d\u300c\u300d]|\u300c(?:[^\u300c\u300d]|\u300c[^\u300c\u300d]*\u300d)*\u300d|\uff3b[^\uff3d]*\uff3d)*)\uff3d)"
    "|\u300a(?P<gloss>[^\u300a\u300b\n]+)\u300b|(?P<start>\uff5c)(?=[^\uff5c\u300a\u300b]+\u300a)"
    "|\u3014(?P<accents>[!-~ ]*[A-Za-z][`'^:~,&_/@][!-~ ]*)\u3015"
    "|(?P<again>\uff0f\u2033?\uff3c)"
)
_KANA = pattern("[ぁ-ゖァ-ヺーゝゞヽヾ\u30fb \u3000]+")
_SETTING = pattern(
    f"(?:天から)?{_N}字下げ|ここから.{{0,30}}(?:字下げ|字上げ|地付き|字詰め|組み?|罫囲み|文字).{{0,12}}"
    "|ここで.{1,8}終わり|改(?:ページ|頁|丁|段|見開き)|ページの左右中央|本文終わり"
    f"|(?:縦中横|横組み|罫囲み|{_N}段階.{{2,3}}な文字|[大小].{{1,2}}な文字|キャプション)(?:終わり)?"
    f"|{_X}は(?:縦中横|横組み|罫囲み|{_N}段階.{{2,3}}な文字|キャプション)"
)
_RIGHT = pattern(f"(?:地付き|地から{_N}字上げ)")
_MARKED: list[tuple[re.Pattern[str], TypedKind]] = [
    (pattern(f"{_X}の?(?:左)?に.{{0,4}}傍点"), "dots"),
    (pattern(f"{_X}の?(?:左)?に.{{0,4}}(?:傍線|波線|破線|鎖線)"), "underline"),
    (pattern(f"{_X}は太字"), "strong"),
    (pattern(f"{_X}は斜体"), "emphasis"),
    (pattern(f"{_X}は(?:縦中横\u3001)?(?:行右小書き|上付き小文字)"), "sup"),
    (pattern(f"{_X}は(?:行左小書き|下付き小文字)"), "sub"),
    (pattern(f"{_X}は(?:窓)?(?P<said>[大中小])見出し"), "heading"),
    (pattern(f"{_X}は同行(?P<said>[大中小])見出し"), "lead"),
    (pattern(f"{_X}に\u300c(?P<said>[^\u300c\u300d]+)\u300dの(?:注記|ルビ)"), "ruby"),
    (pattern(f"{_X}は(?P<said>ママ)"), "ruby"),
]
_RANGES: list[tuple[re.Pattern[str], TypedKind]] = [
    (pattern("(?:ここから)?[^\u300c\u300d]{0,4}傍点"), "dots"),
    (pattern("(?:ここから)?[^\u300c\u300d]{0,4}(?:傍線|波線|破線|鎖線)"), "underline"),
    (pattern("(?:ここから)?太字"), "strong"),
    (pattern("(?:ここから)?斜体"), "emphasis"),
    (pattern("行右小書き|上付き小文字"), "sup"),
    (pattern("行左小書き|下付き小文字"), "sub"),
    (pattern("(?:ここから)?(?:窓)?(?P<said>[大中小])見出し"), "heading"),
    (pattern("同行(?P<said>[大中小])見出し"), "lead"),
]
_ENDS = pattern("(?:ここで)?(?P<name>.{1,9})終わり")
_RANKS = {"大": "1", "中": "2", "小": "3"}
_TURNED = pattern("[一二三四上中下甲乙丙丁天地人]?レ|[一二三四上中下甲乙丙丁天地人]")
_ENDINGS = pattern("\uff08(?P<kana>[ァ-ヺー]{1,4})\uff09")
_ASIDE = {"割り注": "\uff08", "割り注終わり": "\uff09"}
_CODE = pattern("U[+\uff0b](?P<code>[0-9A-Fa-f]{4,6})")
_PLACE = pattern("(?:水準|\u3001)(?P<plane>[12])-(?P<row>[0-9]{1,2})-(?P<cell>[0-9]{1,2})(?![0-9])")
_CLASSES = (
    pattern("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af々〆〇仝ヶ\u203b]"),
    pattern("[ぁ-ゖゝゞ]"),
    pattern("[ァ-ヺーヽヾ]"),
    pattern("[A-Za-z0-9\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a\uff10-\uff19\u0370-\u04ff'\u2019.-]"),
)
_COMBINING = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", ":": "\u0308", "&": "\u030a", ",": "\u0327",
              "_": "\u0304"}  # fmt: skip
_LETTERS = {"ae&": "æ", "AE&": "Æ", "oe&": "œ", "OE&": "Œ", "s&": "ß", "O/": "Ø", "o/": "ø", "d/": "đ", "l/": "ł",
            "L/": "Ł", "?@": "¿", "!@": "¡"}  # fmt: skip
_ACCENTED = pattern("ae&|AE&|oe&|OE&|[A-Za-z?!][`'^:~,&_/@]")


def character(note: str) -> str:
    """The character that a note names by its place in JIS X 0213 or Unicode; empty where it names none.

    >>> character("「てへん＋丑」、第4水準2-12-93")
    '扭'
    """
    if found := _CODE.search(note):
        return chr(int(found["code"], 16))
    found = _PLACE.search(note)
    if found is None:
        return ""
    place = bytes((int(found["row"]) + 0xA0, int(found["cell"]) + 0xA0))
    return (place if found["plane"] == "1" else b"\x8f" + place).decode("euc_jis_2004", "ignore")


def accented(text: str) -> str:
    """Letters with the accents that are typed behind them.

    >>> accented("l'e'tude")
    "l'étude"
    """

    def letter(found: re.Match[str]) -> str:
        pair = found[0]
        if pair in _LETTERS or pair[1] not in _COMBINING:
            return _LETTERS.get(pair, pair)
        if pair[1] == "'" and pair[0] not in "AEIOUYaeiouy" and text[found.end() : found.end() + 1].isalpha():
            return pair  # an elision
        made = unicodedata.normalize("NFC", pair[0] + _COMBINING[pair[1]])
        return made if len(made) == 1 else pair

    return _ACCENTED.sub(letter, text)


def typed(line: str, open_marks: dict[TypedKind, str], *, noted: bool) -> Typed:
    """A line without its notation.

    open_marks: stretches that an earlier line began, with what they say, and on return those that go on.  noted: the
    text has the library's notes; else only readings in kana are taken for such.
    """
    reader = _TypedReader(line, noted)
    for kind in open_marks:
        reader.begun[kind] = 0
    reader.open_marks = open_marks
    at = 0
    for found in _TOKEN.finditer(line):
        reader.put(line[at : found.start()])
        at = found.end()
        if not reader.token(found):
            reader.put(found[0])
    reader.put(line[at:])
    for kind, start in reader.begun.items():
        reader.mark(start, len(reader.text), kind, open_marks.get(kind, ""))
    return Typed(reader.text, reader.edits, reader.marks, reader.right)


class _TypedReader:
    """A line while it is read from left to right."""

    def __init__(self, line: str, noted: bool) -> None:
        self.line = line
        self.noted = noted
        self.text = ""
        self.edits: list[tuple[int, int, str]] = []
        self.marks: list[TypedMark] = []
        self.begun: dict[TypedKind, int] = {}
        self.open_marks: dict[TypedKind, str] = {}
        self.right = False
        self.base: int | None = None  # where a base begins that says so

    def put(self, text: str) -> None:
        self.text += text

    def mark(self, start: int, end: int, kind: TypedKind, said: str = "") -> None:
        if start < end:
            self.marks.append(TypedMark(start, end, kind, said))

    def edit(self, found: re.Match[str], after: str = "") -> bool:
        """The characters of a token give way to others."""
        self.edits.append((found.start(), found.end(), after))
        self.put(after)
        return True

    def token(self, found: re.Match[str]) -> bool:
        """Whether the token is read; else it is text."""
        if found["gloss"] is not None:
            return self._ruby(found)
        if found["start"] is not None:
            base = self.line[found.end() : self.line.find("\u300a", found.end())]
            if not self.noted and not _KANA.fullmatch(
                self.line[self.line.find("\u300a", found.end()) + 1 :].split("\u300b")[0]
            ):
                return False
            self.base = len(self.text)
            return bool(base) and self.edit(found)
        if not self.noted:
            return False
        if found["accents"] is not None:
            letters = accented(found["accents"])
            return letters != found["accents"] and self.edit(found, letters)
        if found["again"] is not None:
            return self.edit(found, "\u3034\u3035" if len(found["again"]) > 2 else "\u3033\u3035")
        body = found["body"]
        if found["note"][0] == "\u203b":
            made = character(body)
            return bool(made) and self.edit(found, made)
        return self._note(found, body)

    def _ruby(self, found: re.Match[str]) -> bool:
        start, self.base = self.base if self.base is not None else self._base(), None
        gloss = found["gloss"]
        if start == len(self.text) or not (self.noted or _KANA.fullmatch(gloss)):
            return False
        self.mark(start, len(self.text), "ruby", self._plain(gloss))
        return self.edit(found)

    def _plain(self, text: str) -> str:
        """Text within a note, with its characters."""
        return _TOKEN.sub(lambda found: (found["body"] and character(found["body"])) or found[0], text)

    def _base(self) -> int:
        """Where the base of a reading begins that says nothing of it: with the characters of one script before it."""
        end = start = len(self.text)
        floor = max((mark.end for mark in self.marks if mark.kind == "ruby"), default=0)
        sort = next((one for one in _CLASSES if end and one.match(self.text[end - 1])), None)
        while sort is not None and start > floor and sort.match(self.text[start - 1]):
            start -= 1
        return start

    def _note(self, found: re.Match[str], body: str) -> bool:
        if _RIGHT.fullmatch(body):
            self.right = not self.text
            return self.edit(found, "" if self.right else "\u3000")
        for sought, kind in _MARKED:
            if said := sought.fullmatch(body):
                return self._back(found, kind, self._plain(said["words"]), said.groupdict().get("said") or "")
        if body in _ASIDE:
            return self.edit(found, _ASIDE[body])
        end = _ENDS.fullmatch(body)
        for sought, kind in _RANGES:
            if end and sought.fullmatch(end["name"]) and kind in self.begun:
                self.mark(self.begun.pop(kind), len(self.text), kind, self.open_marks.pop(kind, ""))
                return self.edit(found)
            if not end and (said := sought.fullmatch(body)):
                self.begun[kind] = len(self.text)
                self.open_marks[kind] = _RANKS.get(said.groupdict().get("said") or "", "")
                return self.edit(found)
        if _SETTING.fullmatch(body):
            return self.edit(found)
        if small := _TURNED.fullmatch(body) or _ENDINGS.fullmatch(body):
            kana = small.groupdict().get("kana")
            self.mark(len(self.text), len(self.text) + len(kana or body), "sup" if kana else "sub")
            return self.edit(found, kana or body)
        return False

    def _back(self, found: re.Match[str], kind: TypedKind, words: str, said: str) -> bool:
        """A note on words that stand before it."""
        start = self.text.rfind(words)
        if start < 0:
            return False
        if kind == "ruby" and any(
            m.kind == "ruby" and m.start < start + len(words) and start < m.end for m in self.marks
        ):
            return False
        self.mark(start, start + len(words), kind, _RANKS.get(said, said))
        return self.edit(found)
