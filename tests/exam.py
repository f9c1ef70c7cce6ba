"""The exam document: one of each construct of the model, which every writer has to draw completely.

`exam_document()` gives what the clean passes would leave: typed blocks, ids set, metadata filled.  It is built by hand
so that the writers can be examined without any reader, and it is the same on every run.
"""

from __future__ import annotations

import functools
import hashlib
import struct
import zlib

from convert.clean.found import found
from convert.model import (
    Block,
    Break,
    Cell,
    Code,
    Document,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Media,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Row,
    Ruby,
    Rule,
    RunIn,
    SourceInfo,
    Span,
    Table,
    Text,
)

TITLE = "关于进一步推进洪山镇农村人居环境整治提升和公共服务设施建设工作情况的年度综合报告"
PICTURE = "chart.png"
TOWNS = ("店子河村", "双凤村", "周家湾村", "宋家村", "云峰山村", "长寿岛村")


def exam_document() -> Document:
    """The whole exam: about nine pages in `gongwen`."""
    blocks = (*_front(), *_first_part(), *_second_part(), *_third_part(), *_end())
    return Document(
        source=SourceInfo("exam.txt", hashlib.sha256(TITLE.encode()).hexdigest(), "text/plain", "utf-8", 0),
        metadata=_metadata(),
        blocks=found(blocks),
        notes=_notes(),
        media={PICTURE: Media(_picture(), "image/png", 480, 240)},
    )


def _metadata() -> Metadata:
    return Metadata(
        title=TITLE,
        subtitle="\u2014\u2014在洪山镇第十九届人民代表大会第一次会议上",
        source="洪山镇人民政府",
        editor="镇党政办公室",
        author="王小明",
        published="2021-12-31",
        url="https://www.example.gov.cn/xxgk/2021/12/report.html?id=216&part=1",
        retrieved="2022-01-05",
        document_number="洪政发\u30142021\u301512号",
        issuing_body="洪山镇人民政府",
        index_number="011336/2021-00042",
        language="zh-Hans",
        modified="2022-01-05T08:30:00Z",
        extra=(("主题分类", "农业\u3001林业\u3001水利"),),
    )


def _front() -> tuple[Block, ...]:
    return (
        Paragraph((Text(TITLE),), role="title"),
        Paragraph((Text("\u2014\u2014在洪山镇第十九届人民代表大会第一次会议上"),), role="subtitle"),
        Paragraph((Text("洪山镇人民政府镇长\u3000王小明"),), role="byline"),
        Paragraph((Text("\uff082021年12月31日\uff09"),), role="dateline"),
        Paragraph((Text("各位代表\u3001同志们\uff1a"),), role="salutation"),
        _body(
            "现在\uff0c我代表镇人民政府向大会报告工作\uff0c请予审议\uff0c并请列席代表提出意见\u3002"
            "本报告所称\u201c两不愁三保障\u201d\uff0c是指不愁吃\u3001不愁穿\uff0c义务教育\u3001基本医疗\u3001住房安全有保障"
        ),
    )


def _first_part() -> tuple[Block, ...]:
    return (
        Heading(1, (Text("一\u3001工作回顾"),), "h1"),
        Paragraph(
            (
                Text("全年实现地区生产总值4,000.5万元"),
                NoteRef("n1", "1"),
                Text("\uff0c比上年增长8.7%\uff1b新建5G基站16座\u3001110kV变电站1座"),
                NoteRef("n2", "2"),
                Text("\u3002先后获得\u201c全国文明村镇\u201d\u201c湖北省森林城镇\u201d等称号\u2026\u2026成绩来之不易\u3002"),
            )
        ),
        Heading(2, (Text("\uff08一\uff09人居环境持续改善"),), "h2"),
        _run_in("r1", 3, "1.垃圾治理全面覆盖\u3002", "配备保洁员150余名\uff0c日产日清\uff0c群众满意度达到96.5%\u3002"),
        _run_in("r2", 3, "2.污水治理有序推进\u3002", "建成处理站6座\uff0c惠及\uff08含移民点\uff091,283户\u3002"),
        _emphases(),
        Heading(2, (Text("\uff08二\uff09公共服务", ), Emphasis((Text("提质增效"),), "strong")), "h3"),
        _links(),
        _languages(),
        Heading(3, (Text("1.教育事业"),), "h4"),
        _list(),
    )  # fmt: skip


def _objects() -> Paragraph:
    parts = "<mi>{}</mi><mo>=</mo><mfrac><msup><mi>b</mi><mn>2</mn></msup><msqrt><mn>3</mn></msqrt></mfrac>"
    sum_ = "<munderover><mo>\u2211</mo><mn>1</mn><mi>n</mi></munderover><msub><mi>x</mi><mi>i</mi></msub>"
    before = "<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>"
    space = 'xmlns="http://www.w3.org/1998/Math/MathML"'
    return Paragraph(
        (
            Text("路口立有标志"),
            Picture(PICTURE, "标志\uff1a慢", "慢", 32, 16),
            Text("\uff0c面积按"),
            Formula("S=b^2/\u221a3", f"<math {space}>{parts.format('S')}</math>"),
            Text("计算\uff0c合计"),
            Formula("\u2211_1^n x_i", f"<math {space}>{sum_}</math>"),
            Text("\uff0c样本以"),
            Formula("(_6^14)C", f"<math {space}>{before}</math>"),
            Text("测定\u3002"),
        )
    )


def _emphases() -> Paragraph:
    return Paragraph(
        (
            Text("要求各村"),
            Emphasis((Text("高度重视"),), "strong"),
            Text("\u3001"),
            Emphasis((Text("压实责任"),), "emphasis"),
            Text("\u3001"),
            Emphasis((Text("限期整改\uff0c不得拖延"),), "dots"),
            Text("\uff0c"),
            Emphasis((Text("逐户核实"),), "underline"),
            Text("\uff0c原定的"),
            Emphasis((Text("每季一查"),), "strike"),
            Text("改为每月一查\uff1b人均绿地由10m"),
            Emphasis((Text("2"),), "sup"),
            Text("增至12m"),
            Emphasis((Text("2"),), "sup"),
            Text("\uff0cCO"),
            Emphasis((Text("2"),), "sub"),
            Text("排放下降"),
            Emphasis((Emphasis((Text("5%"),), "underline"), Text("以上")), "strong"),
            Text("\u3002"),
        )
    )


def _links() -> Paragraph:
    return Paragraph(
        (
            Text("办理结果见"),
            Link(
                "https://www.example.gov.cn/open?id=1&lang=zh",
                (Text("政府信息公开"), Emphasis((Text("专栏"),), "strong")),
            ),
            Text("\uff0c背景见"),
            Link("#h1", (Text("第一部分"),)),
            Text("\uff0c来信请寄"),
            Link("mailto:office@example.gov.cn", (Text("office@example.gov.cn"),)),
            Text("\u3002"),
        )
    )


def _languages() -> Paragraph:
    return Paragraph(
        (
            Text("镇名读作"),
            Ruby("洪", "hóng"),
            Ruby("山", "shān"),
            Text("\uff1b外方代表说\uff1a\u201c"),
            Span("en", (Text("Mr. Smith\u2019s team \u201cwarmly\u201d welcomed us \u2014 it\u2019s a start"),)),
            Text("\u201d\uff1b日方来函写道\uff1a"),
            Span(
                "ja",
                (
                    Text("直接\u306e骨\u3068角\u3001"),
                    Ruby("東京", "\u3068\u3046\u304d\u3087\u3046"),
                    Text("\u3088\u308a\u3002"),
                ),
            ),
            Text("项目代号为"),
            Code("HS-2021_v2"),
            Text("\uff0c地址为"),
            Break(),
            Text("湖北省随州市随县洪山镇\u00b7东街1号\u3002"),
        )
    )


def _list() -> List:
    inner = List(
        (
            ListItem((_body("提档升级宋家小学\uff1b"),), "\u2022"),
            ListItem((_body("新建教师周转房24套\u3002"),), "\u2022"),
        )
    )
    return List(
        (
            ListItem((_body("改善办学条件\uff1a"), inner), "1."),
            ListItem(
                (
                    _body(
                        "提高教学质量\uff0c连续五年名列全县前茅\uff0c毕业年级综合考评位居第一\uff0c"
                        "先后承办市县两级教研活动十余场次\u3002"
                    ),
                    _body("第二段说明\uff1a以上数据由中心学校提供\u3002"),
                ),
                "2.",
            ),
            ListItem((_body("关心关爱留守儿童\u3002"),), "3.", counted=True),
        ),
        ordered=True,
    )


def _second_part() -> tuple[Block, ...]:
    return (
        Heading(1, (Text("二\u3001主要指标与附图"),), "h5"),
        Quote(
            (
                _body("民为邦本\uff0c本固邦宁\u3002"),
                _body("\u2014\u2014\u300a尚书\u00b7五子之歌\u300b"),
            )
        ),
        _objects(),
        _body("主要指标完成情况如下\u3002"),
        _small_table(),
        Figure(PICTURE, "柱状图\uff1a2017年至2021年财政收入逐年上升", (Text("图1\u30002017\u20142021年财政收入"),)),
        Figure(None, "全镇规划示意图", (Text("图2\u3000全镇规划示意图"),)),
        Preformatted("if year == 2021:\n    report(\u201c洪山\u201d)\n\n# 完", "python"),
        Rule(),
    )


def _small_table() -> Table:
    def head(text: str, *, colspan: int = 1, rowspan: int = 1) -> Cell:
        return Cell((_body(text),), colspan, rowspan, header=True, align="center")

    return Table(
        (
            Row((head("指标", rowspan=2), head("2020年", colspan=2), head("2021年", colspan=2)), header=True),
            Row((head("计划"), head("完成"), head("计划"), head("完成")), header=True),
            Row((_cell("财政收入\uff08万元\uff09"), *map(_number, ("3,600", "3,712", "3,900", "4,000.5")))),
            Row((_cell("新建项目\uff08个\uff09"), _number("12"), _number("15"), Cell((_body("结转"),), 2, 2))),
            Row((_cell("续建项目\uff08个\uff09"), _number("6"), Cell(()))),
        ),
        (Text("表1\u3000主要指标完成情况"),),
    )  # fmt: skip


def _third_part() -> tuple[Block, ...]:
    head = Row(
        tuple(Cell((_body(text),), header=True) for text in ("序号", "村名", "项目", "投资\uff08万元\uff09")),
        header=True,
    )
    rows = tuple(
        Row(
            (
                _number(str(at)),
                _cell(TOWNS[at % len(TOWNS)]),
                _cell(
                    "道路硬化\u3001路灯安装和沟渠清淤"
                    if at % 7
                    else "农村厕所改造\uff0c含三格化粪池建设\u3001管网接入和后期管护"
                ),
                _number(f"{at * 3.5:,.1f}"),
            )
        )
        for at in range(1, 41)
    )
    return (
        Heading(1, (Text("三\u3001项目清单"),), "h6"),
        _body("\u201c十三五\u201d期间实施的项目见下表\u3002"),
        Table((head, *rows), (Text("表2\u3000项目清单"),)),
        Heading(2, (Text("\uff08一\uff09下一步打算"),), "h7"),
        Paragraph(
            (
                RunIn(2, (Text("\uff08二\uff09抓好收尾\u3002"),), "r3"),
                Text("对照清单逐项销号"),
                NoteRef("n3", "3"),
                Text("\uff0c确保按期完成\u3002"),
            )
        ),
        Paragraph((Text("\uff08注\uff1a以上数据为快报数\u3002\uff09"),), role="note"),
        Paragraph((Text("居中的一行"),), align="center"),
    )


def _end() -> tuple[Block, ...]:
    colon = "\uff1a"
    return (
        Paragraph(
            (
                Text(f"附件{colon}1.洪山镇农村人居环境整治提升五年行动实施方案和年度重点任务分解表"),
                Break(),
                Text("2.公共服务设施建设项目库"),
            ),
            role="attachment",
        ),
        Paragraph((Text("洪山镇人民政府"),), role="signature"),
        Paragraph((Text("2021年12月31日"),), role="date"),
    )


def _notes() -> tuple[Note, ...]:
    list_link = Link("https://www.example.gov.cn/list", (Text("附表"),))
    return (
        Note("n1", "1", (_body("按当年价格计算\uff0c含县级以上补助资金\u3002"),)),
        Note("n2", "2", (_body("投运时间为2021年6月\u3002"), _body("变电站由\u201c国家电网\u201d投资建设\u3002"))),
        Note("n3", "3", (Paragraph((Text("清单见"), list_link, Text("\u3002"))),)),
    )


def _body(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _run_in(id: str, level: int, lead: str, rest: str) -> Paragraph:
    inlines: tuple[Inline, ...] = (RunIn(level, (Text(lead),), id), Text(rest))
    return Paragraph(inlines)


def _cell(text: str) -> Cell:
    return Cell((_body(text),))


def _number(text: str) -> Cell:
    return Cell((_body(text),), align="right")


@functools.cache
def _picture() -> bytes:
    """A bar chart of five bars as PNG, 480 by 240 pixels, eight-bit grey."""
    width, height = 480, 240
    rows = []
    for y in range(height):
        row = bytearray(b"\xff" * width)
        for bar in range(5):
            if height - y < 60 + 35 * bar:
                left = 30 + 90 * bar
                row[left : left + 60] = bytes([60 + 30 * bar]) * 60
        rows.append(b"\0" + bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
