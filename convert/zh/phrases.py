"""The words of page furniture: phrases and names of controls, each with the reason a line is left out for.

A phrase is compared with a line's `key`, which has no width, spaces, brackets and colons.  One row a phrase, or a group
of phrases made alike.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from .rows import Rows

Reason = Literal[
    "page tools",
    "share bar",
    "counter",
    "navigation",
    "related items",
    "keywords",
    "comments",
    "advertisement",
    "footer",
    "credits",
    "disclaimer",
    "newspaper jump",
    "original title",
    "end mark",
]
"""What kind of furniture a line is, as `Removed.reason` says it."""
REASONS: frozenset[str] = frozenset(get_args(Reason))

Place = Literal["anywhere", "between", "around", "before", "after"]
"""Where a phrase is furniture: wherever it stands; likewise on a page, whose elements show that it is a line of its
own, and in plain text after the body; before and after the text; before it; after it."""


class Phrase(NamedTuple):
    """Phrases of one kind.

    words: a regular expression for how the line's key begins; with `$` for the whole of it.  example: a line.
    """

    reason: Reason
    place: Place
    words: str
    example: str


PHRASES: Rows[Phrase] = Rows(
    # --- wherever it stands, unless the line is a sentence
    Phrase(
        "navigation",
        "anywhere",
        "(?:[您你]好[,!]?)?欢迎[您你]?(?:来到|光临|访问|登录|浏览)"
        "(?:[^\u3002,]{0,20}(?:网|网站|官网|平台|门户|主页|论坛)!?(?:今天是)?(?:\\d{4}年\\d{1,2}月\\d{1,2}日)?"
        "|[^\u3002,]{2,24}?!?(?:今天是)?\\d{4}年\\d{1,2}月\\d{1,2}日)(?:星期[一二三四五六日天])?$",
        "您好\uff0c欢迎访问江城政务网\uff01今天是2017年4月17日 星期一",
    ),
    Phrase(
        "share bar",
        "anywhere",
        "(?:微信|请|用)?(?:使用)?(?:手机|微信)?(?:扫一扫|扫描?.{0,6}二维码|扫码(?:关注|查看|阅读|分享|下载))|长按.{0,6}二维码",
        "扫一扫在手机上查看当前页面",
    ),
    Phrase("share bar", "anywhere", "手机(?:上)?(?:查看|浏览|打开|阅读)(?:当前|本|此)?页", "手机查看本页"),
    Phrase("newspaper jump", "anywhere", "(?:上接|下转|紧接|转|接)第?.{1,8}版.{0,12}$", "(下转第三版)"),
    Phrase("page tools", "anywhere", "字[体号](?:大小$|大中小|小中大|默认|调整)", "字体:大 中 小"),
    Phrase(
        "page tools",
        "anywhere",
        "(?:字[体号])?(?:(?:特|超)?大|(?:特|超)?小|中|加大|减小|放大|缩小|还原|默认|正常|标准){3,}$",
        "加大 还原 减小",
    ),
    Phrase(
        "footer",
        "anywhere",
        ".{0,24}(?:(?:公安|公网)(?:安)?备案?号?\\d|icp备)|网站标识码|版权所有|copyright|\u00a9|网站地图",
        "蜀ICP备12345678号",
    ),
    Phrase(
        "counter",
        "before",
        "[^\u3002]{0,48}(?:创建|更新|修改|编辑)于\\d+(?:秒|分钟|小时|天|周|个?月|年)前",
        "守桥人的博客 / 187 / 创建于 1周前 / 更新于 1周前",
    ),
    Phrase("footer", "around", "[^\u3002,]{2,32}版权所有(?![者人权])", "江城传媒有限公司 版权所有"),
    Phrase(
        "footer",
        "after",
        "[^\u3002]{0,150}(?:registeredtrademarks?of|allrightsreserved)",
        "River and City are registered trademarks of River Corporation.",
    ),
    Phrase("footer", "anywhere", "技术支持.{0,16}(?:公司|中心|科技)", "技术支持:某某科技有限公司"),
    Phrase("footer", "anywhere", "建议使用.{0,30}(?:分辨率|浏览器)", "建议使用1024*768分辨率浏览"),
    Phrase("footer", "anywhere", "(?:本站|网站)?已?支持ipv6|ipv6$", "本站已支持IPv6"),
    Phrase(
        "counter",
        "anywhere",
        "(?:本[文页])?(?:浏览|访问|阅读|点击|查看|人气)(?:次数|数|量|率)\\d*次?$|(?:阅读|浏览|点击)\\d+次?$",
        "浏览次数:1234次",
    ),
    Phrase("counter", "anywhere", "已?有?\\d+人?次?(?:浏览|阅读|访问|点击|参与|评论|点赞)", "已有120人参与"),
    Phrase(
        "page tools",
        "anywhere",
        "[您你](?:访问|点击|打开)的链接即将离开.{0,40}(?:是否继续.{0,4})?$|继续访问放弃$",
        "您访问的链接即将离开本网站,是否继续?",
    ),
    # --- between paragraphs too, where the page shows that it is a line of its own
    Phrase("share bar", "between", "分享(?:到|至|给|让更多人看到|按钮|本文)?[^,\u3002]{0,8}$", "分享到朋友圈"),
    Phrase(
        "share bar",
        "between",
        "(?:(?:新浪|腾讯)?微博|微信(?:好友)?|qq(?:空间|好友)?|朋友圈|人人网|豆瓣|易信|空间|复制链接|收藏(?:本文)?|转发|点赞|在看|更多)++$",
        "微信 微博 QQ空间 更多",
    ),
    Phrase(
        "share bar",
        "between",
        "(?:请?(?:用|使用|打开)?(?:手机)?微信)?扫(?:一扫|描|码)[^\u3002]{0,40}$"
        "|(?:长按|点击|扫描|识别|请?扫)[^\u3002]{0,20}(?:二维码|小程序码)[^\u3002]{0,20}$",
        "长按识别二维码关注",
    ),
    Phrase(
        "share bar",
        "between",
        "[^\u3002]{0,20}(?:关注|订阅)(?:我们|本号|[^\u3002,]{1,16}(?:公众号|微信|微博|视频号|客户端|头条号))[^\u3002]{0,12}$",
        "欢迎关注江城晚报微信公众号",
    ),
    Phrase(
        "page tools",
        "between",
        "(?:(?:我要)?打印(?:本页|本文|此页|文章|页面|内容)?|关闭(?:窗口|本页|页面)?|全屏|收起|展开|字号|字体(?:大小)?"
        "|大中小|小中大|超大|加大|放大|缩小|默认|还原|正常|标准|a)++$",
        "打印本页 关闭窗口",
    ),
    Phrase(
        "page tools",
        "between",
        "(?:(?:我要)?纠错|举报|返回(?:顶部|首页|列表|目录|上页|上一页|上级)|回到顶部|(?:点击)?加载更多|返回[^,]{1,10},查看更多"
        "|展开(?:阅读)?全文|阅读(?:全文|原文)|查看(?:更多|原文|全文|大图)|点击(?:查看|进入|播放)[^\u3002]{0,20}"
        "|(?:点击)?(?:朗读|播放|收听|听新闻|语音播报))$",
        "点击加载更多",
    ),
    Phrase(
        "page tools",
        "between",
        "(?:我有话说.{0,40}|[0-9,]+人参与.{0,40}|[0-9,]+(?:条评论|个赞|阅读)|(?:点赞|收藏|跟踪|踩|顶)[0-9]*)$",
        "1,024人参与 56条评论",
    ),
    Phrase(
        "counter",
        "between",
        "(?:本文|文章|本页)?(?:浏览|阅读|点击|访问|查看|人气|热度|点击率)(?:次数|数|量|人数)?[0-9,]*次?$",
        "阅读数: 1,024",
    ),
    Phrase(
        "navigation",
        "between",
        "(?:[您你]?(?:当前|现在|所在)?(?:的|所在)*位置(?:是|为)?)?首页.{0,80}$",
        "首页 > 新闻 > 正文",
    ),
    Phrase("navigation", "between", "(?:上|下)一(?:篇|条|页|则|章)(?!文章).{0,80}$", "下一篇: 石桥的历史"),
    Phrase(
        "navigation",
        "between",
        "(?:尾页|末页|余下全文|全文阅读|第[0-9]+页)(?:[0-9]|上一页|下一页|尾页|末页|余下全文)*+$",
        "第2页 下一页 尾页",
    ),
    Phrase(
        "related items",
        "between",
        "(?:相关|推荐|延伸|热门|热点|精彩|更多|最新|今日|往期|精选|关联|猜你|为您|编辑|头条|同类|扩展|拓展|新闻|图片|视频|24小时"
        "|48小时|一周|热文)(?:新闻|阅读|文章|链接|推荐|专题|报道|内容|资讯|图集|图片|视频|喜欢|回顾|排行|信息|话题|要闻|关注"
        "|热点|头条|消息|稿件|看点|搜索){1,2}榜?$|大家都在看$",
        "推荐阅读",
    ),
    Phrase(
        "comments",
        "between",
        "(?:我要|发表|全部|最新|热门|精彩|网友|用户|参与|查看|写)?(?:评论|跟帖|跟贴|留言)(?:区|列表|[0-9]*条?)?$",
        "网友评论(12)",
    ),
    Phrase(
        "advertisement",
        "between",
        "[^\u3002]{0,16}(?:下载|打开|安装)[^\u3002]{0,12}(?:客户端|app)[^\u3002]{0,16}$|广告$|推广$",
        "打开江城晚报APP阅读",
    ),
    Phrase(
        "advertisement",
        "between",
        "(?:(?:本文)?(?:共计?|还有|剩余)?[0-9]+字)?(?:请|需|先|立即)*(?:登[录陆]|订阅|付费|购买|开通会员|注册)(?:/[^\u3002]{1,6})?"
        "(?:后|即可|以|并|可|解锁)+[^\u3002]{0,10}(?:全文|阅读|权限|本文)$"
        "|[^\u3002]{0,10}(?:会员|用户)(?:可|即可|专享|免费|畅)+[读看]?(?:畅读|阅读|查看|全文|本文)+$",
        "订阅后继续阅读",
    ),
    Phrase("footer", "between", ".{0,160}(?:icp[备证]|公网安备|网安备)", "江城网络有限公司 蜀ICP备12345678号"),
    Phrase(
        "footer",
        "between",
        "(?:网站标识码|备案序号|邮政编码|网站地图|联系我们|关于我们|法律声明|版权声明|隐私(?:政策|声明)?|免责声明)++$",
        "关于我们 | 联系我们 | 网站地图",
    ),
    Phrase("original title", "between", "(?:原(?:标题|题|文标题)(?:为)?|英文标题).{0,100}$", "原标题: 石桥修好了"),
    Phrase("end mark", "between", "(?:(?:the)?end|全文完|本文完|正文结束)$", "THE END"),
    # --- before and after the text
    Phrase(
        "navigation",
        "around",
        "(?:当前|现在|[您你](?:当前|现在)?(?:的|所在的?)?|所在)位置|[您你]现在(?:的位置)?|首页.{1,60}|位置首页",
        "您的位置:首页 > 政务公开",
    ),
    # --- before the text
    Phrase(
        "page tools",
        "before",
        "今天是:?\\d{4}年\\d{1,2}月\\d{1,2}日(?:星期[一二三四五六日天])?$",
        "今天是\uff1a2020年9月1日 星期二",
    ),
    Phrase(
        "page tools",
        "before",
        "(?:语音播报|无障碍(?:浏览|模式|阅读|版)?|长者(?:模式|专区|版)|适老化.{0,4}|智能问答|个人中心|用户登录|站内搜索"
        "|设为首页|加入收藏|收藏本[站页])$",
        "无障碍浏览",
    ),
    Phrase(
        "navigation",
        "before",
        "(?:网站|本站)首页$|主页$|(?:关于|联系|加入)(?:我们|本站)$|(?:新闻|产品|客服|帮助|会员|用户|服务|资讯|下载)中心$"
        "|(?:栏目|网站|快速|服务)导航$|服务支持$|技术支持$|(?:政务|信息|校务|厂务|党务)公开$|政务服务$|(?:政民|互动|公众)(?:互动|交流|参与)$"
        "|后台管理$|网上办事$|办事大厅$|(?:通知公告|公告公示|新闻动态|工作动态)$",
        "帮助中心",
    ),
    Phrase("navigation", "before", ".{1,6}首页$|(?:登录|注册).{0,10}$|正在阅读.{4,60}$", "江城首页"),
    Phrase(
        "navigation",
        "before",
        "(?:要闻|时政|国内|国际|社会|财经|经济|股票|基金|理财|娱乐|体育|军事|科技|数码|互联网|汽车|房产|家居|教育|文化|旅游|健康"
        "|美食|时尚|女性|亲子|育儿|星座|游戏|动漫|历史|公益|生活|图片|组图|视频|直播|专题|论坛|博客|评论|访谈|滚动|排行|地方|港澳"
        "|台湾|环球|城市|三农|法治|反腐|政务|党建|人物|专栏|思想|行情|净值|理论|新闻|资讯|相册|相簿|部落格|博文|名片|留言)$",
        "财经",
    ),
    Phrase("share bar", "before", "分享(?:到|至)?(?:$|微|qq|新浪|朋友)", "分享到:微信"),
    # --- after the text
    Phrase(
        "related items",
        "after",
        "(?:相关|延伸|推荐|热门|精彩|更多|最新|往期|猜你|关联)(?:报道|链接|阅读|新闻|附件|文章|文件|稿件|信息|内容|解读"
        "|推荐|专题|资讯|政策|喜欢|精彩|回顾|视频|图集|下载).{0,12}$",
        "相关报道",
    ),
    Phrase(
        "related items",
        "after",
        "(?:为|给|猜)[你您](?:推荐|喜欢)$|换一换$|作者最新(?:文章|作品)$"
        "|(?:点击|阅读|新闻|热门|热点|人气|[本每]周|[本每]月|今日|24小时)(?:点击)?(?:排行榜?|热门|热点|热文|热榜|推荐|最热)$",
        "点击排行",
    ),
    Phrase("related items", "after", "政策解读|图解|解读(?:链接|材料)|附件下载", "附件下载:"),
    Phrase(
        "related items",
        "after",
        "(?:更多.{0,12}(?:欢迎|请|点击)+|推荐|欢迎)进入[^\u3002,]{2,24}(?:数据库|频道|专题|专区|网站|平台)",
        "更多精彩内容请进入理论频道",
    ),
    Phrase(
        "disclaimer",
        "between",
        "(?:[^\u3002]{0,24}协议,)?转载(?:请|必?须|需|时?请)(?:务必)?注明|(?:原创|本站)?文章,?作者[^\u3002]{1,24},如若?需?转载,?[请须]",
        "原创文章\uff0c作者\uff1a江城\uff0c如若转载\uff0c请注明出处\uff1ahttps://river.example/1.html",
    ),
    Phrase("keywords", "after", "关键词|标签", "关键词:改革"),
    Phrase("navigation", "after", "[0-9]?(?:上|下|前|后)一(?:篇|条|页|则|张|个)(?!路)", "上一篇:政府工作报告"),
    Phrase(
        "page tools",
        "after",
        "(?:打印|关闭|返回|收藏|保存|下载|分享|举报|纠错|我要纠错|复制)(?:本|此|当前|该)?(?:页|文|窗口|页面|网页|文章|首页"
        "|顶部|列表|上级|上一?级|链接|到|至).{0,10}$",
        "关闭本页",
    ),
    Phrase(
        "disclaimer",
        "after",
        "(?:免责|版权|本站|特别|郑重)(?:[与和及]?(?:免责|版权|隐私))?声明|声明(?:本|以上|该|凡)|凡(?:本网|本站|注明)|转载(?:请|须|自|时)"
        "|本[文网站].{0,30}(?:转载|版权|侵权|仅代表|删除)|版权所有|以上内容.{0,20}(?:仅|不)|来源网站|本文来源",
        "免责声明:本文仅代表作者观点",
    ),
    Phrase(
        "disclaimer",
        "after",
        "(?:本文|本网|本站|文章|以上|凡|该文|上述)[^\u3002]{0,60}(?:观点|立场|转载|授权|版权|侵权|不构成|注明)"
        "|.{0,60}(?:与本(?:站|网)(?:立场)?无关|不代表本(?:站|网)).{0,12}$|.{0,12}转载(?:请|须|需|务必)(?:注明|联系|标注)"
        "|.{0,10}(?:如有|若有|如涉)[^\u3002]{0,6}侵权"
        "|.{0,30}(?:未经|未获|非经)[^\u3002]{0,10}(?:授权|许可|允许)[^\u3002]{0,12}(?:转载|复制|摘编|刊登|使用)",
        "图片来自网络,如有侵权,请联系删除",
    ),
    Phrase(
        "footer",
        "after",
        "(?:网站|本站|本网|法律|免责|隐私|版权)(?:声明|提示|说明|保护|政策)|联系我们|关于我们|友情链接|网站(?:首页|导航|管理)",
        "友情链接",
    ),
    Phrase(
        "footer",
        "after",
        "(?:主办|承办|协办|主管|维护|运维|运营)(?:单位)?.{2,40}(?:政府|办公室|局|中心|委员会|公司|厅|报社|集团)",
        "主办单位:县人民政府办公室",
    ),
)


class Control(NamedTuple):
    """Words of which a line of controls is made, and of nothing else.  example: such a line."""

    reason: Reason
    words: str
    example: str


CONTROLS: Rows[Control] = Rows(
    Control(
        "page tools",
        "字体 字号 字 大小 大 中 小 特大 超大 默认 标准 正常 加大 还原 减小 放大 缩小 缩放 调整 设置 选择 "
        "视力保护 视力保护色",
        "放大 缩小 默认",
    ),
    Control(
        "page tools",
        "打印 下载 保存 收藏 全屏 关闭 关注 订阅 转发 推荐 推送 点赞 举报 纠错 评论 留言 复制 链接 网址 返回 "
        "顶部 首页 上页 下页 "
        "列表 上一级 网页 本页 窗口 页面 此页 这页 当前 正文 文章 本文 全文 内容 我要 我的 点击 请 "
        "个人中心 帐号 账号 意见反馈 一键 注销 邮箱 中文 中文版",
        "打印本页 关闭窗口",
    ),
    Control(
        "page tools",
        "繁体 简体 繁 简 版 英文 english en 无障碍 长者 适老化 老年 关怀 模式 浏览 通道 专区 辅助 阅读 语音 播报 "
        "朗读 听 读 暂停 "
        "播放 停止 重播 手机 电脑 移动 客户端 看 查看 打开 导出 word pdf doc docx 更多 登录 注册 搜索 搜一搜 "
        "退出 展开 收起 "
        "隐藏 显示 图 文 a x t \u3001 \uff0c ,",
        "无障碍 长者模式",
    ),
    Control(
        "share bar",
        "分享 到 至 微信 微博 新浪 腾讯 qq 空间 好友 朋友圈 人人 人人网 豆瓣 知乎 抖音 快手 今日头条 百度贴吧",
        "分享到 微信 微博",
    ),
)
