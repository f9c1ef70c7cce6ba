"""Charsets: bytes -> text, as browsers decide it, then by evidence.

Order: byte order mark; UTF-8 that is valid; what the carrier or the page declares (labels as the WHATWG Encoding
Standard reads them: gb2312 and gbk mean GB18030), if the text it gives looks like a language; detection.  Detection
decodes strictly in every candidate and asks how common the characters are that come out: the most frequent
characters of Chinese, Japanese and Korean make up half of any text, and next to none of a text read wrong.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

# --- Names ------------------------------------------------------------------------------------------------------

_CODECS = {
    "utf-8": ("utf8", "unicode-1-1-utf-8"),
    "gb18030": ("gb2312", "gbk", "gb_2312-80", "gb_2312", "x-gbk", "cp936", "chinese", "csgb2312", "iso-ir-58", "hz"),
    "big5": ("big5-hkscs", "big5_hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950", "big5-tw"),
    "shift_jis": ("sjis", "shift-jis", "x-sjis", "ms_kanji", "windows-31j", "cp932", "csshiftjis", "ms932"),
    "euc-jp": ("eucjp", "x-euc-jp", "cseucpkdfmtjapanese", "euc_jp"),
    "iso-2022-jp": ("csiso2022jp",),
    "euc-kr": ("euckr", "ks_c_5601-1987", "ksc5601", "ksc_5601", "korean", "windows-949", "cp949", "cseuckr", "uhc"),
    "utf-16-le": ("utf-16", "utf-16le", "unicode", "ucs-2", "utf16", "utf_16_le"),
    "utf-16-be": ("utf-16be", "utf_16_be", "unicodefffe"),
    "windows-1252": ("iso-8859-1", "latin1", "ascii", "us-ascii", "cp1252", "iso8859-1", "ansi_x3.4-1968"),
    "windows-1251": ("cp1251",),
    "koi8-r": ("koi8", "koi"),
}
_BY_LABEL = {label: name for name, labels in _CODECS.items() for label in (name, *labels)}

# Python's codecs with the vendors' additions that pages use under the standard's name.
_PYTHON = {"big5": "big5hkscs", "shift_jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949"}

# GB18030-2022 gave characters of their own to 18 code points that Python's table (2005) keeps in the private use area.
_GB18030_2022 = dict(
    zip(
        (*range(0xE78D, 0xE797), 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
        (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A), *range(0x9FB4, 0x9FBC)),
        strict=True,
    )
)
_MOVED = re.compile(f"[{''.join(map(chr, _GB18030_2022))}]")
"""What such characters are found by."""


def codec_of(label: str) -> str | None:
    """The charset a label means, under our name for it; None for a label we do not know."""
    return _BY_LABEL.get(label.strip().strip("'\"").lower())


# --- Evidence ---------------------------------------------------------------------------------------------------

# The most frequent characters of each script in running text, most frequent first.
_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同"
    "现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并"
    "物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口"
    "认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非"
    "则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运省县人民政府会议"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同"
    "現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並"
    "物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口"
    "認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非"
    "則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運灣省縣"
)
_JAPANESE = (
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円"
    "関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進"
)
_KOREAN = (
    "이다는을의에고하가지로한도사기를리어자은인대정해부일수시나서보그제있들아과전주으장상만라여원니구오조성경연국공비스관신세중회동선"
    "무요안면실계안치행위방었했것적게까마소미생내당야우거와개문유간재물명학모진러"
)
_MARKS = "\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09\u201c\u201d\u2018\u2019\u300a\u300b\u300c\u300d\u3000"
_DASHES = "\u2014\u2026\u00b7"

_COMMON = {
    "zh-Hans": frozenset(_SIMPLIFIED + _MARKS + _DASHES),
    "zh-Hant": frozenset(_TRADITIONAL + _MARKS + _DASHES),
    "ja": frozenset(_JAPANESE + _MARKS + _DASHES)
    | frozenset(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F5), 0x30FC))),
    "ko": frozenset(_KOREAN + _MARKS + _DASHES),
}
_LANGUAGES = {
    "utf-8": tuple(_COMMON),
    "gb18030": ("zh-Hans", "zh-Hant"),
    "big5": ("zh-Hant",),
    "shift_jis": ("ja",),
    "euc-jp": ("ja",),
    "iso-2022-jp": ("ja",),
    "euc-kr": ("ko",),
    "utf-16-le": tuple(_COMMON),
    "utf-16-be": tuple(_COMMON),
}
# Where candidates are equal the one that is met most often comes first.
_CANDIDATES = ("gb18030", "big5", "shift_jis", "euc-kr", "euc-jp")

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_TRUST = 0.2
"""What a declaration weighs against the score of another charset."""

_ENOUGH = 0.1
"""A text read right scores 0.3 to 0.8, one read wrong below 0.05: measured on laws and reports in each charset."""

_SURE = 0.3
"""What a text scores that is read right: a declared charset with this score is not compared with others."""

_SHORT = 20
"""With fewer characters none has to be a frequent one: a name of two characters may be rare."""

_SAMPLE = 1 << 16
"""Bytes that detection looks at.  Validity is asked of the whole."""


class DecodedText(NamedTuple):
    """text is None where the bytes are in no charset we know.

    declared: the charset that carrier or page named.  bad_byte: offset of the first invalid byte, -1 where none is.
    """

    text: str | None
    codec: str
    declared: str | None = None
    bad_byte: int = -1
    replaced: int = 0


def score(text: str, codec: str) -> float:
    """How much a text looks like a language of the charset: the share of its non-ASCII characters that are among the
    most frequent ones, less the share that no page uses.  From -1 to 1; 1 for ASCII."""
    counts = Counter(text)
    total = sum(count for char, count in counts.items() if char > "\x7f")
    if not total:
        return 1.0
    odd = sum(count for char, count in counts.items() if char > "\x7f" and _odd(char))
    sets = [_COMMON[language] for language in _LANGUAGES.get(codec, ())]
    common = max((sum(count for char, count in counts.items() if char in members) for members in sets), default=0)
    return (common - odd) / total


def _odd(char: str) -> bool:
    """Characters that show a wrong charset: controls, private use, half-width kana, jamo, unassigned planes."""
    code = ord(char)
    return (
        code < 0xA0
        or 0xE000 <= code <= 0xF8FF
        or 0xFF61 <= code <= 0xFF9F
        or 0x1100 <= code <= 0x1CFF
        or 0x2500 <= code <= 0x257F
        or 0xD800 <= code <= 0xDFFF
        or 0xFFF0 <= code <= 0xFFFF
        or code >= 0x30000
    )


# --- Decision ---------------------------------------------------------------------------------------------------

_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_PRESCAN = 8192
"""WHATWG asks for 1,024 bytes; pages with long comments or styles before their `meta` need more."""


def declared_in(data: bytes) -> str | None:
    """The label in a page's `meta` or XML declaration, None where there is none."""
    head = _COMMENT.sub(b"", data[:_PRESCAN])
    found = _META.search(head) or _XML.search(head)
    return found[1].decode("ascii", "replace") if found else None


def decide(data: bytes, *, declared: str | None = None, html: bool = False) -> DecodedText:
    """The text of `data`.

    declared: the label from outside the page.  html: whether the page may declare one itself and whether single bad
    bytes are passed over, as browsers do; plain text with a bad byte is not decoded at all.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, None) or _lossy(data[len(mark) :], name, None, html)
    if wide := utf16_without_mark(data):
        return DecodedText(data.decode(wide), wide)
    label = declared or (declared_in(data) if html else None)
    said = codec_of(label) if label else None
    if html and not declared and said in ("utf-16-le", "utf-16-be"):
        said = "utf-8"  # a page whose meta can be read as ASCII is not in UTF-16
    if said == "iso-2022-jp" and b"\x1b$" in data and (found := _strict(data, said, said)):
        return found
    if found := _strict(data, "utf-8", said):
        return found._replace(declared=None) if data.isascii() else found
    return _by_evidence(data, said, html)


def utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 that has no mark but some ASCII (its other byte is NUL), else None."""
    if b"\x00" not in data or len(data) % 2:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        controls = any(char < " " and char not in "\t\n\r\f" for char in sample)
        usual = sum(char < "\x7f" for char in sample) + max(0.0, score(sample, name)) * sum(c > "\x7f" for c in sample)
        if not controls and usual >= 0.3 * len(sample):
            return name
    return None


def _by_evidence(data: bytes, said: str | None, html: bool) -> DecodedText:
    """Bytes that are not UTF-8: the candidate whose text looks most like a language, the declared one preferred."""
    sample = data[:_SAMPLE]
    names = {said, *_CANDIDATES} - {None, "utf-8"} | ({"utf-16-le", "utf-16-be"} if len(data) % 2 == 0 else set())
    known = {said: score(_tolerant(sample, said), said)} if said in names and said in _CODECS else {}
    for name, trusted in known.items():
        if trusted >= _SURE and (found := _strict(data, name, said)):
            return found  # none of the others can come before it
    scores = {name: known.get(name) or score(_tolerant(sample, name), name) for name in _CODECS if name in names}
    ranked = sorted(scores, key=lambda name: -scores[name] - (_TRUST if name == said else 0))
    short = sum(byte > 0x7F for byte in sample) < 2 * _SHORT
    for name in ranked:
        enough = 0.0 if short and name in _CANDIDATES else _ENOUGH
        if (scores[name] >= enough or name == said) and (found := _strict(data, name, said)):
            return found
    scores["utf-8"] = score(_tolerant(sample, "utf-8"), "utf-8")
    best = max(scores, key=lambda name: scores[name])
    found = _lossy(data, best, said, html)
    if found.text is not None and scores[best] >= _ENOUGH:
        return found
    return DecodedText(None, "utf-8", said, _first_bad(data, "utf-8"))


def _strict(data: bytes, name: str, said: str | None) -> DecodedText | None:
    try:
        return DecodedText(_mended(data.decode(_PYTHON.get(name, name)), name), name, said)
    except UnicodeDecodeError:
        return None


def _tolerant(data: bytes, name: str) -> str:
    """A sample's text; a character cut at its end is left out."""
    decoder = codecs.getincrementaldecoder(_PYTHON.get(name, name))("replace")
    return decoder.decode(data, final=False)


def _lossy(data: bytes, name: str, said: str | None, html: bool) -> DecodedText:
    """A page's text with U+FFFD for bad bytes, if they are few; no text otherwise."""
    bad = _first_bad(data, name)
    text = data.decode(_PYTHON.get(name, name), "replace")
    replaced = text.count("\ufffd")
    others = sum(char > "\x7f" for char in text) - replaced
    if not html or replaced > max(2, others // 20):
        return DecodedText(None, name, said, bad, replaced)
    return DecodedText(_mended(text, name), name, said, bad, replaced)


def _first_bad(data: bytes, name: str) -> int:
    try:
        data.decode(_PYTHON.get(name, name))
    except UnicodeDecodeError as error:
        return error.start
    return -1


def _mended(text: str, name: str) -> str:
    if name != "gb18030" or _MOVED.search(text) is None:
        return text
    return text.translate(_GB18030_2022)
