"""Words for the parts of a paper: kinds of paper, salutations, occasions, histories, annexes, notes, contents.

One row a word or a group of words of one kind, with an example that is a line.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .characters import key, simplified
from .dates import SIGNED
from .patterns import pattern
from .rows import Rows

SectionUse = Literal[
    "paper", "addressee", "meeting", "speech", "promulgation", "division", "beside", "contents", "glossary", "notes",
    "issue",
]  # fmt: skip
"""`paper`: how the title of a kind of paper ends.  `addressee`: who is addressed above the text.  `meeting`, `speech`:
where is spoken, and what.  `promulgation`: what is done with a law on a day.  `division`, `beside`: divisions of a code
that carry no number, and what stands before the first or after the last.  `contents`: heads a page's own contents.
`glossary`, `notes`: head the terms explained, the notes.  `issue`: what the last page of an official document says."""


class Words(NamedTuple):
    """Words of one use, separated by spaces.  example: a line in which one of them has this use."""

    use: SectionUse
    words: str
    example: str


WORDS: Rows[Words] = Rows(
    # The 15 kinds of official document (Regulations on Official Documents of 2012, article 8), and of laws and rules
    Words("paper", "决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要", "关于加强管理的通知"),
    Words("paper", "宪法 法 法典 条例 规定 办法 细则 解释 章程 规则 准则 标准 制度 条款", "物业管理条例"),
    Words(
        "paper", "方案 规划 纲要 要点 计划 措施 指南 答复 说明 清单 目录 名单", "十四五规划和二\u3007三五年远景目标纲要"
    ),
    Words("paper", "讲话 致辞 贺信 宣言 声明 倡议书 协定 公约 白皮书 年鉴 年报 总结 工作总结", "在座谈会上的讲话"),
    Words("addressee", "代表 委员 同志 朋友 女士 先生 来宾 嘉宾 领导 同学 老师 乡亲 战友", "各位代表:"),
    Words(
        "addressee",
        "部门 单位 机构 组织 政府 厅 局 委 院 校 公司 企业 办公室 开发区 管委会 直属机构 负责人",
        "各市\u3001县人民政府\uff0c省政府各部门:",
    ),
    Words(
        "meeting", "会 会议 大会 全会 论坛 仪式 座谈会 典礼 年会 峰会", "2021年12月28日县第十五届人民代表大会第一次会议"
    ),
    Words("speech", "讲话 报告 致辞 发言 演讲", "在全国科技创新大会上的讲话"),
    Words(
        "promulgation",
        "通过 公布 发布 修订 修正 修改 批准 施行 实施 废止 起 令第 决定\u300b",
        "2018年3月1日某省人民政府令第123号公布",
    ),
    Words("division", "总则 分则", "总 则"),
    Words("beside", "附则 序言", "附 则"),
    Words("contents", "目录 目次 本文目录 文章目录 contents", "目 录"),
    Words("notes", "注释 注解 附注 尾注 脚注 注 参考文献 参考资料 参考书目 引用文献", "参考文献"),
    Words("glossary", "名词 术语 用语 词语 词汇 缩略语 概念", "名词解释"),
    Words("issue", "抄送 抄报 主送 分送 报送 印发 信息公开选项 公开方式", "抄送:县委办公室"),
)

_SectionRows = Rows[Words]


def _of(rows: _SectionRows, use: SectionUse) -> str:
    """The words of a use, longest first, for a regular expression."""
    words = {word for row in rows if row.use == use for word in row.words.split()}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# --- Titles -----------------------------------------------------------------------------------------------------

LETTERHEAD = pattern(".{4,40}文件")
"""What stands in red above an official document: the name of its organ and the word for document (GB/T 9704, 7.2.4)."""


def _paper_end(rows: _SectionRows) -> re.Pattern[str]:
    return pattern(f"(?:{_of(rows, 'paper')})(?:[\uff08(].{{1,30}}[\uff09)])*$")


def names_paper(text: str) -> bool:
    """The text ends as the title of a kind of paper does, what stands in brackets behind it apart."""
    return bool(WORDS.made(_paper_end).search(simplified(text)))


# --- Salutations, speeches, histories ---------------------------------------------------------------------------


_EACH = "省|市|区|县|旗|州|盟|乡|镇|街道|村|社区|处|室|科|股|系|所|站|馆|中心|支部|队|班"
"""Who is addressed with `各` before it: divisions of a country, of an office, of a school."""


def _salutation(rows: _SectionRows) -> re.Pattern[str]:
    whom = _of(rows, "addressee")
    return pattern(
        f"(?:(?:(?:尊敬|敬爱|亲爱)的)?.{{0,60}}(?:(?:{whom})们?|各位.{{1,8}})[\uff09)]?"
        "|(?:尊敬|敬爱|亲爱)的[^\uff0c\u3002\uff1b:\uff1a]{1,20}"
        f"|各[^\uff0c\u3002\uff1b]{{0,30}}(?:{whom}|{_EACH})(?:[\uff08(].{{1,10}}[\uff09)])?)[:\uff1a]"
    )


def is_salutation(text: str) -> bool:
    """The line is made like one that addresses somebody.

    >>> [is_salutation(text) for text in ("各位代表:", "各处室(馆):", "各旗县:", "各项指标:", "北京市:")]
    [True, True, True, False, False]
    """
    return text[-1:] in (":", "\uff1a") and bool(WORDS.made(_salutation).fullmatch(simplified(text)))


def _occasion(rows: _SectionRows) -> re.Pattern[str]:
    """`[date] 在 ... 上 [的讲话]`, or a date and the name of a meeting."""
    meeting, speech = f"(?:{_of(rows, 'meeting')})", _of(rows, "speech")
    return pattern(
        f"(?:{SIGNED}.{{0,8}})?在.{{2,60}}(?:{meeting}|开幕式|闭幕式)上(?:的(?:{speech}))?"
        f"|{SIGNED}.{{0,10}}在.{{2,60}}上(?:的(?:{speech}))?"
        f"|{SIGNED}.{{0,20}}{meeting}.{{0,10}}"
    )


def occasion(text: str) -> int:
    """Where the name of the occasion of a speech, with which a text in simplified characters begins, ends; 0: none."""
    found = WORDS.made(_occasion).match(text)
    return found.end() if found else 0


def _history(rows: _SectionRows) -> re.Pattern[str]:
    return pattern(f"^[\uff08(]?{SIGNED}.{{0,200}}(?:{_of(rows, 'promulgation')})")


_SPOKEN = pattern(f"[\uff08(]?{SIGNED}.{{0,8}}在.{{2,60}}上(?:的|[\uff08\uff09() \u3000]|$)")


def is_history(text: str) -> bool:
    """The line says when a law was passed, promulgated or amended, and not where a speech was held (`在 ... 上`)."""
    plain = simplified(text)
    return bool(WORDS.made(_history).match(plain)) and not _SPOKEN.match(plain)


# --- Divisions, contents, notes, annexes ------------------------------------------------------------------------


def _divisions(rows: _SectionRows) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(_of(rows, "division").split("|")), frozenset(_of(rows, "beside").split("|"))


_NAMED_PART = pattern("\\S{1,8}编")


def named_division(text: str) -> Literal["part", "beside"] | None:
    """A division of a code that has a name and no number; `beside`: it is as wide as the widest."""
    said = "".join(simplified(text).split())
    parts, beside = WORDS.made(_divisions)
    if said in parts or _NAMED_PART.fullmatch(simplified(text)):
        return "part"
    return "beside" if said in beside else None


def _contents(rows: _SectionRows) -> frozenset[str]:
    return frozenset(_of(rows, "contents").split("|"))


def is_contents(text: str) -> bool:
    """The line heads a page's own table of contents."""
    return key(text) in WORDS.made(_contents)


def _notes(rows: _SectionRows) -> re.Pattern[str]:
    explained = "解释|注释|释义|说明|注解|简释|诠释"
    label = "(?:附[:\uff1a])?"
    glossary = f"{label}[^:\uff1a]{{0,20}}(?:{_of(rows, 'glossary')}).{{0,8}}(?:{explained}).{{0,6}}"
    return pattern(f"{glossary}|附?[:\uff1a]?(?:{_of(rows, 'notes')})")


def heads_notes(text: str) -> bool:
    """The line, without its brackets, heads a glossary or notes."""
    return bool(WORDS.made(_notes).fullmatch(simplified(text).strip("\uff08\uff09() \u3000\uff1a:\u3010\u3011")))


ANNEX = pattern(
    "附[ \u3000]?(?:件|表|图|录)?[ \u3000]?[0-9\uff10-\uff19一二三四五六七八九十]{0,3}[ \u3000]?(?:[:\uff1a]."
    "{0,120})?|附(?:件|表|录)[0-9一二三四五六七八九十]{1,3}[ \u3000].{1,60}"
)
"""The label of an annex, with its title or alone (GB/T 9704-2012, 7.3.4)."""


def _issue(rows: _SectionRows) -> re.Pattern[str]:
    return pattern(f"(?:{_of(rows, 'issue')})[:\uff1a].{{2,200}}|.{{2,40}}[ \u3000].{{4,20}}印发")


def is_issue_note(text: str) -> bool:
    """The line says to whom a document goes, or who printed it (GB/T 9704-2012, 7.4)."""
    return bool(WORDS.made(_issue).fullmatch(text))


BESIDE = pattern(
    "[前引导序][ \u3000]*言|[绪结][ \u3000]*论|结[ \u3000]*语|结束语|摘[ \u3000]*要|目[ \u3000]*[录次]|致[ \u3000]*谢"
    "|后[ \u3000]*记|跋|[总附][ \u3000]*则|附[ \u3000]*录.{0,20}|参考文献|参考资料|注释|备注"
)
"""Words that stand before the first number and after the last."""
LAST = pattern("最后|小结|总结|总之|尾声|写在最后|常见问[题答]集?|FAQ|相关[资阅][料读]|延伸阅读")
"""Words that head what stands after the last number, where none counts on."""
