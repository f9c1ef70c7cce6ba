"""epubcheck over many books in one Java: python epubcheck_books.py JAR BOOK...

Each BOOK gets its report beside it, `BOOK.json`.  Java starts and compiles for seconds; a book then takes a twentieth
of one.  A process of its own, for Java takes over the signals of the one it lives in.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jpype


def main(jar: str, *books: str) -> None:
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")  # for a program that ends soon
    jpype.startJVM(*quick, classpath=[jar, str(Path(jar).parent / "lib" / "*")])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for book in books:
        checker().run(["--usage", "--quiet", "--json", f"{book}.json", book])


if __name__ == "__main__":
    main(*sys.argv[1:])
