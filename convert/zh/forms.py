"""Forms of lines: what a line can be by how it is written, whatever stands around it.  One row a form.

A form says that a line can be something, not that it is: reading weighs it with what else is known.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .characters import HAN
from .patterns import pattern
from .rows import Rows

How = Literal["whole", "begins", "holds", "ends"]
"""Whether the words are the whole line, its beginning, stand in it, or are its end."""


class LineForm(NamedTuple):
    """A form.  longest: characters of a line that is looked at.  words: a regular expression over the line in
    simplified characters, without bullets around it.  example: a line."""

    name: str
    how: How
    longest: int
    words: str
    example: str


BOUNDED = 400
"""For rows whose words are never longer than some dozens of characters themselves."""
_NUMERALS = "[0-9\uff10-\uff19一二三四五六七八九十\u3007\u25cb零元廿\u00d7xX_\uff3f \u3000*\uff0a]"
_FIGURES = "[0-9\uff10-\uff19一二三四五六七八九十]{1,3}"
_CASE_YEAR = "[\uff08(\u3014\\[](?:19|20)[0-9]{2}[\uff09)\u3015\\]]"
_YEAR = "[\u3014\\[\uff3b\u3010\uff08(\u3008<](?:19|20)[0-9]{2}[\u3015\\]\uff3d\u3011\uff09)\u3009>]"
_SEALS = "[\uff08(](?:签名|签字|盖章|公章|签章|章|印)[^\uff09)]{0,8}[\uff09)]"
_SPEAKERS = (
    "(?:代理?|助理|人民|首席)?(?:审判长|审判员|陪审员|书记员|法官|法官助理|公证员|仲裁员|首席仲裁员)"
    "|法定代表人|法人代表|代表人|负责人|委托代理人|授权代表|签字代表|经办人|担保人|见证人|立约人|承诺人|声明人|证明人|倡议人"
    "|倡议单位|申请人|申请执行人|答辩人|起诉人|具状人|上诉人|起草人|甲方|乙方|丙方|签名|签字|盖章|落款"
    "|省长|市长|县长|区长|州长|盟长|旗长|乡长|镇长|主席|总理|部长|局长|主任|书记|会长|院长|校长|总经理|董事长|总裁|秘书长"
    "|行长|署长|厅长|委员长|团长|总书记"
)
_ORGANS = (
    "部|厅|局|署|院|省|市|县|区|乡|镇|街道|中心|公司|集团|大学|学校|中学|小学|团委|党委|纪委|处|科|所|站|室|社|馆"
    "|队|厂|场|店|行|组|会|办|府|台|网|报"
)
_PAPERS = (
    "书|表|榜|案|信|信函|贺电|唁电|规范|守则|须知|指引|手册|协议|合同|大纲|启事|启示|简章|公示|证明|起诉状|答辩状"
    "|上诉状|简历|论文|访谈|访谈录|实录|问答|问与答|常见问题|解读|简报|快报|新闻稿|发言|演讲|致词|祝词|制"
)
_CHECKED = "条件|流程|程序|材料|方式|办法|时间|对象|范围|要求|地点|期限|依据|标准|结果|设置|资格|须知|步骤|资料|主体"

FORMS: Rows[LineForm] = Rows(
    # --- numbers and dates
    LineForm(
        "number", "whole", BOUNDED,
        f"[\u4e00-\u9fffA-Z]{{1,20}} ?{_YEAR}第? ?[0-9\u00d7xX]{{1,5}} ?号"
        "|第 ?[0-9一二三四五六七八九十百零\u3007]{1,5} ?[号期]"
        f"|(?:{HAN}{{2,20}})?[0-9]{{4}}年第{_FIGURES}[号期](?:[\uff08(]总?第?[0-9]+[号期]?[\uff09)])?"
        f"|[\uff08(](?:19|20)?[0-9]{{2,4}}[\uff09)]{HAN}{{1,6}}字?第?[0-9]{{1,4}}号",
        "国发[2024]1号",
    ),
    LineForm(
        "number", "whole", BOUNDED,
        f"{_CASE_YEAR}[\u4e00-\u9fff0-9]{{1,12}}第?[0-9\u00d7xX]{{1,7}}(?:-[0-9]+)?号(?:之{_FIGURES})?",
        "(2018)苏0508刑初100号",
    ),
    LineForm(
        "number", "whole", BOUNDED,
        "[A-Z]{2,4}[0-9]{0,4}(?:/[A-Z]{1,3})?[ \u3000]?[0-9]{1,6}(?:\\.[0-9]{1,3})?"
        "[\u2014\uff0d-]{1,2}(?:19|20)[0-9]{2}",
        "DB99/T 0123-2022",
    ),
    LineForm(
        "number-first", "begins", 60,
        f"[\u4e00-\u9fffA-Z]{{1,20}} ?{_YEAR}第? ?[0-9\u00d7xX]{{1,5}} ?号", "甲交字[2021]5号  签发人:王建国",
    ),
    LineForm(
        "partial-date", "whole", BOUNDED,
        f"[\uff08(]?(?:公元|于|签订日期[:\uff1a]|日期[:\uff1a]|时间[:\uff1a])?{_NUMERALS}{{1,8}}年{_NUMERALS}{{1,6}}月"
        f"(?:{_NUMERALS}{{1,8}}日)?[订立签]{{0,2}}[\uff09)]?|年[ \u3000\u00a0]{{1,8}}月[ \u3000\u00a0]{{1,8}}日",
        "二\u25cb二三年五月",
    ),
    LineForm(
        "date-first", "begins", 60,
        "[\uff08(]?(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月(?:[0-9]{1,2}日?)?|[-/.][0-9]{1,2}[-/.][0-9]{1,2})",
        "2011年09月27来源:",
    ),
    LineForm(
        "dated", "begins", 80,
        "[\uff08(]?(?:19|20)[0-9]{2}"
        "(?:年(?=[0-9 \u3000\uff0c,\u3001\u2014~-])| ?[./\uff0e-] ?(?:0?[1-9]|1[0-2])(?![0-9])"
        "| ?[\u2014\u2013~-]+ ?(?:19|20)[0-9]{2})"
        f".{{0,20}}?{HAN}{{2}}",
        "1993.01历任县委常委",
    ),
    # --- metadata
    LineForm(
        "keyed", "holds", 120,
        "(?:来源|稿源|作者|编辑|责任编辑|发布者|发布人|发布单位|发布时间|发布日期|更新时间|更新日期|录入者|浏览次数|点击数?"
        "|阅读次数|访问量|文号|索引号|字号|本章字数|字数|信息来源|时间|日期)[ ]?[:\uff1a]",
        "发布者:教务处 发布时间:2018-5-10点击:",
    ),
    LineForm(
        "paper-page", "whole", BOUNDED,
        f"[\u300a\u3008] ?{HAN}{{2,8}} ?[\u300b\u3009] ?[\uff08(]?.{{0,24}}[0-9]{{1,2}} ?版 ?[\uff09)]?",
        "《 人民日报 》\uff08 2020年03月17日 01 版\uff09",
    ),
    LineForm(
        "grade", "whole", BOUNDED,
        "(?:绝密|机密|秘密)(?:[\u2605*].{0,6})?|特急|加急|特提|平急|急件|0{2,5}[0-9]{1,4}", "机密★1年",
    ),
    LineForm(
        "organ-date", "whole", 60,
        f"[^\uff0c\u3002\uff1a: \u3000]{{2,24}}(?:{_ORGANS})[ \u3000\u00a0]{{2,}}"
        "(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日",
        "甲县人民政府办公室    2021年3月12日",
    ),
    LineForm(
        "source-date", "whole", 60,
        "(?:[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9\u00b7]{1,15}[ \u3000\t\u00a0|\uff5c/\u00b7]+"
        "|(?:由.{1,16}?)?(?:发表|发布|刊发|刊登|上传|创建)(?:于|时间|日期)?[ \u3000\u00a0:\uff1a]*"
        "|https?://[A-Za-z0-9./_-]+[ \u3000\u00a0]+)"
        "(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日|[-/.][0-9]{1,2}[-/.][0-9]{1,2})"
        "(?:[ \u3000\u00a0]*(?:星期|周)[一二三四五六日天])?(?:[ \u3000\u00a0]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
        "(?:更新.{0,40}|[ \u3000\u00a0]+[\u4e00-\u9fff]{2,12})?",
        "工人日报 2010年03月05日 星期一",
    ),
    LineForm(
        "source-date", "whole", 90,  # the day with its hour: nothing needs to part it from the name
        "(?:(?:原创|首发|转载)[ \u3000\u00a0]+)?"
        "(?:[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9\u00b7]{1,15}[ \u3000\u00a0]*)?"
        "(?:已?[于於]|发表[于於]|发布[于於])?[ \u3000\u00a0]*"
        "(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日|[-/.][0-9]{1,2}[-/.][0-9]{1,2})[ \u3000\u00a0]*"
        "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ \u3000\u00a0]*"
        "(?:(?:首次|最后)?(?:发布|发表|修改|更新)|[|\uff5c][^\u3002\uff0c]{0,60}|[\u4e00-\u9fff]{2,12})?",
        "江城晚报2019-09-23 07:48",
    ),
    # --- who signs
    LineForm(
        "signer", "whole", 40,
        f"(?:{_SPEAKERS})[:\uff1a \u3000\t\u00a0]*(?:[\u4e00-\u9fff\u00d7xX*\uff0a_\uff3f]{{1,4}}"
        f"(?:[ \u3000\u00a0][\u4e00-\u9fff\u00d7]{{1,3}})?)?(?:{_SEALS})?[ \u3000\u00a0_\uff3f]*",
        "审判员李某",
    ),
    LineForm("seal", "holds", 60, _SEALS, "甲方(盖章):"),
    LineForm(
        "name", "whole", BOUNDED,
        f"{HAN}{{2,4}}|{HAN}[ \u3000\u00a0]{{1,4}}{HAN}{{1,2}}|{HAN}{{1,3}}[某\u00d7*xX]{{1,3}}[甲乙丙丁]?", "王某某",
    ),
    LineForm(
        "organ", "whole", 60,
        f"[\uff08(]?(?:[^\uff0c\u3002\uff1b\uff1a: \u3000]{{1,30}}?(?:{_ORGANS})"
        "(?:[\uff08(][^\uff08\uff09()]{1,12}[\uff09)])?[ \u3000\u00a0]*)+[\uff09)]?",
        "甲县教育局  甲县公安局",
    ),
    # --- notes
    LineForm(
        "noted", "begins", 120,
        "[\uff08(](?:此件|本文|此文|本页|附注|联系人|注|新华社|此信|公开|信息公开|记者|来源|原载|作者|据|全文|以上|完|编者|载|刊)",
        "(此件公开发布)",
    ),
    LineForm(
        "note-mark", "begins", 400,
        "[\uff3b\\[\u3010\u3014][0-9\uff10-\uff19]{1,3}[\uff3d\\]\u3011\u3015]|[\uff08(]?注释?[0-9\u2460-\u2473一二三]{0,2}"
        "[:\uff1a\uff09)]|[\u203b*\uff0a][^*]|\u2014\u2014?注|[\u2460-\u2473]",
        "[1]本公报中数据均为初步统计数",
    ),
    LineForm("note-title", "whole", BOUNDED, "(?:资料|数据)来源[:\uff1a]?|备注[:\uff1a]?", "资料来源:"),
    LineForm(
        "copied", "whole", BOUNDED,
        "(?:抄[ \u3000]?[送报]|主[ \u3000]?送|分[ \u3000]?送|报[ \u3000]?送|发[ \u3000]?送|主题词)[:\uff1a].{1,300}"
        "|.{2,40}[ \u3000\u00a0].{4,24}印发|[\uff08(]?共印[0-9]+份[\uff09)]?",
        "抄送:县委办公室",
    ),
    LineForm(
        "electric", "begins", 120,
        "[\uff08(]?(?:新华社|中新社|人民网|本报|据).{0,14}(?:电|讯|报道)", "(新华社北京3月16日电)",
    ),
    # --- annexes, captions, tables
    LineForm(
        "attachment", "whole", BOUNDED,
        "附[ \u3000]{0,4}[件表图录]?[ \u3000]?[0-9\uff10-\uff19一二三四五六七八九十]{0,3}(?:-[0-9]{1,2})?[ \u3000]?"
        "(?:[:\uff1a].{0,120})?"
        f"|附[件表录] ?{_FIGURES}[ \u3000]?[.\u3001]?[ \u3000]?.{{1,60}}|附录[A-Z](?:[ \u3000].{{0,40}})?",
        "附件1 检查表",
    ),
    LineForm(
        "caption", "whole", 80,
        "(?:附?表|附?图|图表|专栏|续表)[ \u3000\u2002]?[0-9\uff10-\uff19一二三四五六七八九十]{1,3}"
        "(?:[-.\uff0d\u2014][0-9]{1,3})*[ \u3000\u2002.:\uff1a\u3001]*.{0,50}",
        "表1  年末常住人口数及其构成",
    ),
    LineForm("box", "holds", 400, "[\u2500-\u257f]|\t[^\t]+\t", "\u2502 姓名 \u2502"),
    LineForm(
        "blanks", "holds", 400,
        "_{2,}|\uff3f{2,}|\u3000{3,}[^\u3000]|\u00d7{2,}|[ \u00a0]{6,}[^ \u00a0]|\u2026\u2026\u2026", "地址:____",
    ),
    LineForm("columns", "holds", 100, "\\S[ \u3000\t\u00a0\u2002]{2,}\\S", "资质序列  等级"),
    LineForm("spaced", "holds", 100, "\\S[ \u3000\t\u00a0\u2002>|\u00b7]+\\S", "首页 新闻 行业瞭望"),
    # --- headings
    LineForm("framed", "whole", 60, "[\u3010\u3016\\[].+[\u3011\u3017\\]]", "【秋兴】"),
    LineForm("work", "whole", 60, "\u300a[^\u300b]+\u300b(?:[\uff08(].{1,20}[\uff09)])?", "《管理条例》"),
    LineForm("bracketed", "whole", BOUNDED, "[\uff08(\u3010\\[].{1,90}[\uff09)\u3011\\]]\u3002?", "(试行)"),
    LineForm(
        "section", "whole", BOUNDED,
        "(?:基本|简要)?(?:案情|案例)(?:简介|回顾|介绍|概述|摘要)?|(?:裁判|审理|处理|判决|仲裁|执行|诉讼)(?:要点|结果|理由|要旨"
        "|过程|经过|情况|请求)|(?:案例|案件|法理|专家|以案)?(?:分析|评析|点评|说法|解读|启示)|(?:法官|检察官|律师|专家)(?:解读"
        "|说法|提醒|提示|寄语|点评|释法)|(?:典型|指导|重要|现实)意义|相关(?:法条|法律|规定|法律规定|背景)|关键词|法律依据"
        "|争议焦点|焦点问题|(?:原告)?诉讼请求|事实[与和]理由|(?:请求|申请)事项|证据和证据来源",
        "裁判要点",
    ),
    LineForm(
        "section", "whole", 10,
        "[摘概][ \u3000]*[要述]|[引前导序][ \u3000]*言|[绪结][ \u3000]*论|结[ \u3000]*语|结束语"
        "|致[ \u3000]*谢|后[ \u3000]*记|跋|目[ \u3000]*录|[总附分][ \u3000]*则|背[ \u3000]*景|简[ \u3000]*介",
        "摘 要",
    ),
    LineForm(
        "section", "whole", BOUNDED,
        "(?:个人|公司|单位|企业|学校|基本|项目|工程|人员|活动|会议|事件|政策|产品|课程|岗位|平台|功能|服务|发展|工作)(?:简介"
        "|介绍|概况|情况|背景|描述|概述|说明|要求|职责|内容|流程|目标|方向|理念|功能|回顾|安排|总结|展望|计划|措施)"
        "|(?:办理|申请|申报|报名|应聘|受理|服务|审批|参赛|投标|资格|联系|收费|报送|奖项|评选|评审)"
        f"(?:{_CHECKED})",
        "平台功能",
    ),
    LineForm(
        "kind", "ends", 150, f"(?:{_PAPERS})(?:[\uff08(].{{1,30}}[\uff09)])*(?:{_FIGURES})?", "建筑装饰工程施工合同",
    ),
    LineForm("about", "begins", 150, ".{0,28}关于(?=.)", "国务院关于印发办法的通知"),
    # --- speech
    LineForm("speaker", "begins", 2000, "[\u4e00-\u9fff\u00b7A-Za-z0-9]{1,12}[:\uff1a](?=.)", "记者:当时怎么想到的?"),
    LineForm(
        "vocative", "ends", 40,
        "(?:同志们|朋友们|各位.{1,8}|代表们?|委员们?|女士们|先生们|同事)[:\uff1a\uff01!\uff0c]", "各位同事!",
    ),
    LineForm(
        "leads-in", "ends", 200,
        "(?:如下|下列.{0,6}|以下.{0,6}|[^不但只还也更最]是|[分称定改]为|[要求标则施法任务]为|包括|指出|认为|强调|表示|提出|规定)[:\uff1a]",
        "现通告如下:",
    ),
    LineForm("bullet", "begins", 300, "[\u00b7\u2022\u25cf\u25cb\u2605\u25a0\u25b6>*-]", "\u00b7前9月全国开工率达98%"),
    LineForm(
        "crumb", "whole", 90,
        "[^>\u203a\u00bb\u2192\uff0c\u3002]{1,24}(?:[>\u203a\u00bb\u2192]+[^>\u203a\u00bb\u2192\uff0c\u3002]{1,50})+",
        "江城号 > 江城发布",
    ),
    LineForm(
        "script", "holds", 400,
        "function ?\\(|document\\.|window\\.|\\bvar \\w+ ?=|\\$\\(|</?[a-z]+[ >]|Array ?\\(|\\{\\}|;\\s*\\}",
        "var page = 1;",
    ),
)  # fmt: skip

_ANCHORS = {"whole": "(?:{})\\Z", "begins": "(?:{})", "holds": "(?:{})", "ends": "(?:{})\\Z"}
_FormReader = tuple[str, bool, int, re.Pattern[str]]


def _readers(rows: Rows[LineForm]) -> list[_FormReader]:
    return [
        (row.name, row.how in ("whole", "begins"), row.longest, pattern(_ANCHORS[row.how].format(row.words)))
        for row in rows
    ]


def forms_of(text: str) -> set[str]:
    """The names of the forms a line has.

    >>> sorted(forms_of("审判员李某"))
    ['signer']
    """
    size = len(text)
    out: set[str] = set()
    for name, begins, longest, sought in FORMS.made(_readers):
        if size <= longest and name not in out and (sought.match(text) if begins else sought.search(text)):
            out.add(name)
    return out


def is_number(text: str) -> bool:
    """The text is the number of a document, a case or an issue and nothing else."""
    return any(
        name == "number" and len(text) <= longest and sought.match(text)
        for name, _, longest, sought in FORMS.made(_readers)
    )


_NUMBER_FIRST = pattern(f"[\u4e00-\u9fffA-Z]{{1,20}} ?{_YEAR}第? ?[0-9\u00d7xX]{{1,5}} ?号")


def leading_number(text: str) -> str:
    """The document's number a line begins with, empty where it begins with none."""
    found = _NUMBER_FIRST.match(text)
    return found[0] if found else ""


INLINE = pattern(
    "(来源|稿源|信息来源|作者|编辑|责任编辑|发布者|发布人|发布单位|发布时间|发布日期|更新时间|更新日期|发布于|日期|时间)"
    "[ ]?[:\uff1a]?[ ]?((?:(?!来源|作者|责任编辑|责编|编辑|发布|更新|点击|浏览|阅读|访问|字号)[^\uff0c\u3002]){0,30})"
)
"""A label inside a line of metadata, and its value."""
