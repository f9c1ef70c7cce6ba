"""Words at pictures, films and files: captions, names that say nothing, counters of downloads."""

from __future__ import annotations

import re

from .patterns import pattern

CAPTION = pattern(
    "[\u25b2\u25b3\u2191\u25c0\u25b6\u25bc\u25bd\u25cb\u25cf\u25a0\u25a1\\s]*"
    "(?:图为|图[一二三四五六七八九十\\d]|图[:\uff1a/\uff0f|\uff5c]|[上下左右前后]图|资料图|配图|示意图|"
    "图片(?:来源|说明)?[:\uff1a]).*"
    "|[\u25b2\u25b3\u2191].*"
    "|.*[\\s\u3002](?:图|图片|摄影|图源)[:\uff1a]\\s*[^\u3002\uff0c]{2,30}"
    "|.*(?:摄|摄影|供图|制图|图源|资料图片?|资料照片?|资料|截图|效果图|示意图|图片?来源.{0,16}|"
    "社发)[)\uff09\u3011\\]]?[\u3002.]?"
    "|[^\u3002]{2,60}(?:摄影|拍摄|供图|图|摄)\\s*[/\uff0f|\uff5c]\\s*\\S.{1,12}",
    re.S,
)
"""The caption of a picture under it: what it says, whence it is, or who took it."""
SAYS_NOTHING = pattern("(?:小?图[片像标]?|照片|插图|配图|表情)?[\\s\\d_-]*")
"""A name of a picture that is no description of it."""
MEDIA = {"audio": "音频", "video": "视频"}
"""What is printed where a page plays something."""
BEFORE_FILE = pattern("附件[\\d\\s:\uff1a\u3010\\[(\uff08\u300a]*")
AFTER_FILE = pattern(
    "[\\s\u3011\\])\uff09\u300b]*(?:已?下载[\\s:\uff1a]*(?:次数)?[\\s:\uff1a]*\\d*\\s*次?)[\\s)\uff09]*"
)
"""Around the link of a file: its label, and how often it was fetched."""
FETCHES_FILE = pattern(
    "(?:文件|附件|檔案)下[载載]|下[载載](?:文件|附件|檔案)|(?:파일|첨부)\\s*다운로드|첨부\\s*파일"
    "|(?:ファイル|添付)(?:を|の)?ダウンロード"
)
"""What a link says of itself that fetches a file."""
