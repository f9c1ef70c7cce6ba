"""The few words an edition says by itself, in its own language: the only text we print that no source had."""

from __future__ import annotations

_COLON = "\uff1a"  # U+FF1A FULLWIDTH COLON

_WORDS: dict[str, dict[str, str]] = {
    "zh-Hans": {
        "contents": "目录",
        "cover": "封面",
        "title_page": "题名",
        "body": "正文",
        "notes": "注释",
        "source": "来源" + _COLON,
        "author": "作者" + _COLON,
        "editor": "编辑" + _COLON,
        "published": "发布时间" + _COLON,
        "document_number": "发文字号" + _COLON,
        "issuing_body": "发文机关" + _COLON,
        "index_number": "索引号" + _COLON,
        "url": "网址" + _COLON,
        "retrieved": "获取时间" + _COLON,
        "missing_picture": "图片缺失",
        "separator": _COLON,
    },
    "zh-Hant": {
        "contents": "目錄",
        "cover": "封面",
        "title_page": "題名",
        "body": "正文",
        "notes": "註釋",
        "source": "來源" + _COLON,
        "author": "作者" + _COLON,
        "editor": "編輯" + _COLON,
        "published": "發布時間" + _COLON,
        "document_number": "發文字號" + _COLON,
        "issuing_body": "發文機關" + _COLON,
        "index_number": "索引號" + _COLON,
        "url": "網址" + _COLON,
        "retrieved": "取得時間" + _COLON,
        "missing_picture": "圖片缺失",
        "separator": _COLON,
    },
    "ja": {
        "contents": "目次",
        "cover": "表紙",
        "title_page": "標題",
        "body": "本文",
        "notes": "注",
        "source": "出典" + _COLON,
        "author": "著者" + _COLON,
        "editor": "編集" + _COLON,
        "published": "公開日" + _COLON,
        "document_number": "文書番号" + _COLON,
        "issuing_body": "発行機関" + _COLON,
        "index_number": "索引番号" + _COLON,
        "url": "URL" + _COLON,
        "retrieved": "取得日" + _COLON,
        "missing_picture": "画像なし",
        "separator": _COLON,
    },
    "ko": {
        "contents": "목차",
        "cover": "표지",
        "title_page": "표제",
        "body": "본문",
        "notes": "주",
        "source": "출처: ",
        "author": "저자: ",
        "editor": "편집: ",
        "published": "발행일: ",
        "document_number": "문서 번호: ",
        "issuing_body": "발행 기관: ",
        "index_number": "색인 번호: ",
        "url": "주소: ",
        "retrieved": "수집일: ",
        "missing_picture": "그림 없음",
        "separator": ": ",
    },
}


def label(word: str, language: str | None) -> str:
    """The label `word` in the language of a BCP 47 tag; simplified Chinese where the tag is none of ours."""
    for tag, words in _WORDS.items():
        if language and language.startswith(tag):
            return words[word]
    return _WORDS["zh-Hans"][word]
