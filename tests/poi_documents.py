"""What Apache POI reads in Word files, many in one Java: python poi_documents.py FOLDER_OF_JARS DOCX...

Prints a JSON object: path of a file -> its pieces of text, the body in its order (a table cell by cell), then
those of headers and footers.  A process of its own, for Java takes over the signals of the one it lives in.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import jpype


def main(jars: str, *files: str) -> None:
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")  # for a program that ends soon
    jpype.startJVM(*quick, classpath=[f"{jars}/*"])
    opened, document = (
        jpype.JClass("java.io.FileInputStream"),
        jpype.JClass("org.apache.poi.xwpf.usermodel.XWPFDocument"),
    )
    found = {}
    for file in files:
        stream = opened(file)
        whole = document(stream)
        around = [*whole.getHeaderList(), *whole.getFooterList()]
        found[file] = [*_pieces(whole), *(piece for part in around for piece in _pieces(part))]
        whole.close()
        stream.close()
    print(json.dumps(found))


def _pieces(holder: Any) -> Iterator[str]:
    for element in holder.getBodyElements():
        if str(element.getElementType()) == "TABLE":
            for row in element.getRows():
                for cell in row.getTableCells():
                    yield from _pieces(cell)
        else:
            yield str(element.getText())


if __name__ == "__main__":
    main(*sys.argv[1:])
