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
        "picture": "图片",
        "separator": _COLON,
        "table": "表格",
        "landmarks": "导航",
        "page_list": "页码",
        "accessibility": (
            "本书文字可以重排\u3001放大和朗读\uff0c有目录和标题层级\uff0c没有声音\u3001闪烁和动态内容\u3002"
        ),
        "pictures_described": "图片附有文字说明\u3002",
        "pictures_undescribed": "部分图片没有文字说明\u3002",
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
        "picture": "圖片",
        "separator": _COLON,
        "table": "表格",
        "landmarks": "導覽",
        "page_list": "頁碼",
        "accessibility": (
            "本書文字可以重排\u3001放大和朗讀\uff0c有目錄和標題層級\uff0c沒有聲音\u3001閃爍和動態內容\u3002"
        ),
        "pictures_described": "圖片附有文字說明\u3002",
        "pictures_undescribed": "部分圖片沒有文字說明\u3002",
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
        "picture": "画像",
        "separator": _COLON,
        "table": "表",
        "landmarks": "ナビゲーション",
        "page_list": "ページ一覧",
        "accessibility": (
            "本文はリフロー\u3001拡大\u3001音声読み上げに対応し\u3001目次と見出しの階層があります\u3002"
            "音声\u3001点滅\u3001動きのある内容はありません\u3002"
        ),
        "pictures_described": "画像には代替テキストがあります\u3002",
        "pictures_undescribed": "代替テキストのない画像があります\u3002",
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
        "picture": "그림",
        "separator": ": ",
        "table": "표",
        "landmarks": "탐색",
        "page_list": "쪽 목록",
        "accessibility": (
            "본문은 크기와 배치를 바꾸거나 소리 내어 읽을 수 있으며 차례와 "
            "제목 단계가 있습니다. 소리, 깜박임, 움직이는 내용은 없습니다."
        ),
        "pictures_described": "그림에는 설명이 있습니다.",
        "pictures_undescribed": "설명이 없는 그림이 있습니다.",
    },
}


def label(word: str, language: str | None) -> str:
    """The label `word` in the language of a BCP 47 tag; simplified Chinese for a language without labels."""
    for tag, words in _WORDS.items():
        if language and language.startswith(tag):
            return words[word]
    return _WORDS["zh-Hans"][word]
