"""Our small binding to PDFium against the whole one that pypdfium2 brings."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw
import pytest
from exam import exam_document

from convert import style
from convert.run import pipeline
from convert.verify import pdfium


@pytest.mark.parametrize("name", sorted(pdfium._FUNCTIONS))
def test_a_function_is_bound_as_pypdfium2_binds_it(name: str) -> None:
    result, *given = pdfium._FUNCTIONS[name]
    theirs = getattr(pypdfium2.raw, name)
    assert [_nature(kind) for kind in (result, *given)] == [
        _nature(kind) for kind in (theirs.restype, *theirs.argtypes)
    ]


def _nature(kind: Any) -> object:
    """What a type of ctypes is to the caller: nothing, a pointer, or a number of so many bytes."""
    if kind is None:
        return None
    simple = issubclass(kind, ctypes._SimpleCData) and kind._type_ not in "PzZ"
    return ctypes.sizeof(kind) if simple else "pointer"


def test_the_constants_are_pdfiums() -> None:
    assert pdfium.TEXT == pypdfium2.raw.FPDF_PAGEOBJ_TEXT
    assert pdfium.FORM == pypdfium2.raw.FPDF_PAGEOBJ_FORM


def test_both_bindings_live_in_one_process() -> None:
    data, _ = pipeline.write("pdf", exam_document(), style.load("gongwen"))
    with pdfium.PdfDocument(data) as ours, pypdfium2.PdfDocument(data) as theirs:
        assert len(ours) == len(theirs) == sum(1 for _ in ours.pages())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and no more", b"\0" * 4096])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(pdfium.PdfiumError, match="it is no PDF, or a broken one"):
        pdfium.PdfDocument(data)


def test_a_build_without_a_library_of_its_own_is_asked_for_it() -> None:
    """pypdfium2 may be built upon the system's library; then its binding knows the path."""
    code = (
        "import importlib.util, os; held = os.path.exists;"
        "os.path.exists = lambda path: 'pdfium' not in os.path.basename(path) and held(path);"
        "from convert.verify import pdfium; print(pdfium.library().FPDF_GetLastError())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr
