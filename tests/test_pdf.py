"""The PDF edition, read back by tools that share no code with its writer: MuPDF for places, poppler and PDFium for
text, veraPDF, outloud, pdfua and qpdf for the file."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fuzz_text
import msgspec
import pikepdf
import pypdfium2
import pytest
from conftest import ACCEPT, ROOT, SAMPLE, SHARED, a_part
from exam import exam_document
from part import ABSENT
from pdf_audit import NOT_LAST, Fault, Frame, Line, faults, glyphs, lines, on_grid, title_faults
from PIL import Image, ImageChops, ImageFilter
from tools import verapdf

from convert import clean, readers, source, style, verify, writers
from convert.model import Document, block_text, outline
from convert.writers.pdf.layout import measure_width

MM = 72 / 25.4
LEFT, TOP, EM, PITCH, MEASURE = 28 * MM, 37 * MM, 15.75, 29.53125, 441.0
BOTTOM = TOP + 22 * PITCH

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are absent")
needs_mutool = pytest.mark.skipif(shutil.which("mutool") is None, reason="mutool (mupdf-tools) is absent")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are absent")
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is absent")


def document(path: Path) -> Document:
    return clean.clean(readers.read(source.load(path)))


def edition(document: Document, folder: Path, name: str, style_name: str = "gongwen", **pdf: Any) -> Path:
    stream = io.BytesIO()
    look = style.load(style_name)
    look = msgspec.structs.replace(look, pdf=msgspec.structs.replace(look.pdf, **pdf))
    writers.write("pdf", document, look, stream)
    path = folder / f"{name}-{style_name}.pdf"
    path.write_bytes(stream.getvalue())
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture(scope="module")
def sample(folder: Path) -> Path:
    return edition(document(SAMPLE), folder, "sample")


@pytest.fixture(scope="module")
def editions(folder: Path, sample: Path) -> list[Path]:
    """The sample and the exam document in every style."""
    return [
        sample,
        *(edition(document(SAMPLE), folder, "sample", name) for name in ("report", "book")),
        *(edition(exam_document(), folder, "exam", name) for name in ("gongwen", "report", "book")),
    ]


STYLES = ("gongwen", "report")
FORMS = sorted((ROOT / "tests" / "fixtures" / "forms").glob("*.txt"))


@pytest.fixture(scope="module", params=STYLES)
def corpus(request: pytest.FixtureRequest, folder: Path) -> tuple[str, list[Path]]:
    """A style, and in it the shared reports and laws."""
    return request.param, _in_style(folder, request.param, _shared_paths(request.param))


def _in_style(folder: Path, name: str, sources: list[Path]) -> list[Path]:
    return [edition(document(path), folder, path.stem, name) for path in sources]


def _shared_paths(name: str) -> list[Path]:
    """The shared reports and laws that are looked at in a style: every fourth one, others in each style, or all with
    WENBAN_ACCEPT."""
    found = sorted(path for name in ("reports", "laws") for path in (SHARED / "corpus" / name).glob("*.txt"))
    return found if ACCEPT else found[2 * STYLES.index(name) :: 4]


# --- Lines and pages --------------------------------------------------------------------------------------------


@needs_mutool
def test_no_line_of_the_sample_breaks_a_rule(folder: Path, sample: Path) -> None:
    assert len(lines(sample, size=EM, bottom=BOTTOM)) > 100
    for name in ("gongwen", "report", "book"):
        assert _faults(edition(document(SAMPLE), folder, "sample", name), style.load(name)) == []


def _faults(path: Path, look: style.Style) -> list[Fault]:
    """What is wrong with the body and the title of an edition."""
    page, em, pitch = look.page, float(look.elements.body.size), float(look.grid.line_pitch)
    frame = Frame(
        float(page.inner), measure_width(look), em, float(page.top), pitch, filled=not look.composition.widow_control
    )
    bottom = frame.top + look.grid.lines * pitch
    body, title = (lines(path, size=size, bottom=bottom) for size in (em, float(look.elements.title.size)))
    if page.mirrored:  # even pages as if they were odd ones
        by = 2 * frame.left + frame.measure - float(page.width)
        body = [line if line.page % 2 else _moved(line, by) for line in body]
    assert body
    return [*faults(body, frame), *title_faults(title, frame)]


def _moved(line: Line, by: float) -> Line:
    return line._replace(glyphs=tuple(glyph._replace(x=glyph.x + by) for glyph in line.glyphs))


@needs_shared
@needs_mutool
def test_no_line_of_the_shared_reports_and_laws_breaks_a_rule(corpus: tuple[str, list[Path]]) -> None:
    name, paths = corpus
    assert len(paths) >= 12
    wrong = {path.name: found for path in paths if (found := _faults(path, style.load(name)))}
    assert wrong == {}


@needs_shared
@needs_mutool
@pytest.mark.parametrize(("hanging", "least"), [(False, 0.90), (True, 0.95)])
def test_han_stand_on_the_character_grid(folder: Path, hanging: bool, least: float) -> None:
    look = style.load("gongwen")
    look = msgspec.structs.replace(look, composition=msgspec.structs.replace(look.composition, hanging=hanging))
    good = total = 0
    for path in sorted((SHARED / "corpus" / "reports").glob("*.txt")):
        stream = io.BytesIO()
        writers.write("pdf", document(path), look, stream)
        made = folder / "grid.pdf"
        made.write_bytes(stream.getvalue())
        counts = on_grid(lines(made, size=EM, bottom=BOTTOM), left=LEFT, cell=EM)
        good, total = good + counts[0], total + counts[1]
    print(f"on the grid, hanging stops {hanging}: {good} of {total} Han, {good / total:.1%}")
    assert total > 20_000
    assert good / total >= least


@needs_mutool
def test_a_full_page_has_22_lines_at_the_standards_places(sample: Path) -> None:
    pages = [list(page) for _, page in itertools.groupby(lines(sample, size=EM, bottom=BOTTOM), lambda line: line.page)]
    # A page may end early where a heading or a single line would be parted from its like; the first holds the title.
    full = [page for page in pages if len(page) == 22]
    assert full
    assert all(len(page) >= 20 for page in pages[1:-1])
    for page in full:
        _check_full(page)


def _check_full(found: list[Line]) -> None:
    places = [line.y for line in found]
    # The first line's em box begins at the margin; its baseline is 0.88 em below.
    assert places[0] == pytest.approx(TOP + 0.88 * EM, abs=0.1)
    assert [after - before for before, after in itertools.pairwise(places)] == pytest.approx([PITCH] * 21, abs=0.1)
    # An opening bracket at a line start stands half an em further left, for its blank half is cut.
    assert min(line.glyphs[0].x for line in found if line.text[0] not in NOT_LAST) == pytest.approx(LEFT, abs=0.1)
    full = [line for line in found if len(line.text) == 28 and not re.search("[0-9]", line.text)]
    assert full
    assert all(line.glyphs[-1].x <= LEFT + MEASURE - EM + 0.05 for line in full)


@needs_mutool
def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(sample: Path) -> None:
    for number, page in enumerate(glyphs(sample), 1):
        feet = [glyph for glyph in page if glyph.y > BOTTOM]
        assert "".join(glyph.char for glyph in feet).replace(" ", "") == f"\u2014{number}\u2014"
        assert feet[0].size == 14
        # 7 mm below the text area, one character from the edge.
        assert feet[0].y - 0.88 * 14 == pytest.approx(TOP + 21 * PITCH + EM + 7 * MM - 7, abs=1)
        if number % 2:
            assert feet[-1].x + 14 == pytest.approx(LEFT + MEASURE - 14, abs=0.5)
        else:
            assert feet[0].x == pytest.approx(LEFT + 14, abs=0.5)


@needs_mutool
def test_a_running_head_stands_above_every_page_but_the_first(folder: Path) -> None:
    look = style.load("book")
    pages = glyphs(edition(document(SAMPLE), folder, "sample", "book"))
    heads = ["".join(glyph.char for glyph in page if glyph.y < look.page.top) for page in pages]
    assert heads[0] == ""
    assert {head.replace(" ", "") for head in heads[1:]} == {"洪山镇政府工作报告\uff082021\uff09"}
    right = look.page.inner + measure_width(look)
    for number, page in enumerate(pages[1:], 2):
        head = [glyph for glyph in page if glyph.y < look.page.top]
        if number % 2:
            assert head[-1].x + head[-1].size == pytest.approx(right, abs=1)
        else:  # mirrored: the outer margin is on the left
            assert head[0].x == pytest.approx(look.page.width - right, abs=1)


@needs_mutool
def test_pages_are_filled_and_no_few_characters_begin_one(sample: Path) -> None:
    """GB/T 9704-2012, 5.2.3: 22 lines a page; a paragraph's last line may begin one, but not with three characters."""
    found = lines(sample, size=EM, bottom=BOTTOM)
    begins = [abs(line.glyphs[0].x - LEFT - 2 * EM) < 2 for line in found]
    parted = [at for at in range(1, len(found) - 1) if found[at].page != found[at - 1].page]
    widows = [at for at in parted if not begins[at] and begins[at + 1]]
    assert widows
    assert all(len(found[at].text.strip()) >= 4 for at in widows)


# --- Text -------------------------------------------------------------------------------------------------------


def test_the_text_read_back_is_the_documents(editions: list[Path]) -> None:
    for path, whole in zip(editions, [document(SAMPLE)] * 3 + [exam_document()] * 3, strict=True):
        composed = writers.compose(whole, style.load("gongwen"))
        assert verify.check("pdf", path, composed) == [], path.name


def _false_spaces(text: str, whole: Document) -> list[str]:
    """Spaces of an extracted text that its document has not, with the characters beside them; page numbers aside."""
    composed = writers.compose(whole, style.load("gongwen"))
    blocks = (*composed.blocks, *(block for note in composed.notes for block in note.children))
    known = re.sub(r"\s+", " ", "\n".join(map(block_text, blocks)))
    found = (match.group(1) for match in re.finditer("(?=([^\\s\u2014\u2026] +[^\\s\u2014\u2026]))", text))
    return [piece for piece in found if re.sub(" +", " ", piece) not in known]


def _by_poppler(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, encoding="utf-8").stdout


def _by_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@needs_poppler
def test_readers_find_no_space_that_the_source_had_not(sample: Path) -> None:
    for read in (_by_poppler, _by_pdfium):
        assert _false_spaces(read(sample), document(SAMPLE)) == []
        assert "全镇落实投资百万元以上建设项目70余个" in re.sub(r"\s", "", read(sample))


@needs_shared
@needs_poppler
def test_readers_find_no_false_space_in_the_shared_reports_and_laws(corpus: tuple[str, list[Path]]) -> None:
    wrong = {}
    for path, source_path in zip(corpus[1], _shared_paths(corpus[0]), strict=True):
        whole = document(source_path)
        for read in (_by_poppler, _by_pdfium):
            if found := _false_spaces(read(path), whole):
                wrong[source_path.name, read.__name__] = found
    assert wrong == {}


# --- Drawing ----------------------------------------------------------------------------------------------------

DIFFERENCE = 10
"""Pixels of ink of one renderer that another has none near, on a page at 100 dots an inch."""


def _drawn_by_all(path: Path, folder: Path) -> Iterator[tuple[Image.Image, Image.Image, Image.Image]]:
    """Each page by PDFium, poppler and MuPDF, 100 dots an inch, in greys."""
    stem = folder / path.stem
    subprocess.run(["pdftoppm", "-r", "100", "-gray", str(path), f"{stem}-p"], check=True)
    subprocess.run(["mutool", "draw", "-q", "-r", "100", "-c", "gray", "-o", f"{stem}-m%d.png", str(path)], check=True)
    poppler = sorted(folder.glob(f"{path.stem}-p-*.pgm"))
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf, 1):
            first = page.render(scale=100 / 72).to_pil().convert("L")
            others = Image.open(poppler[number - 1]), Image.open(f"{stem}-m{number}.png").convert("L")
            yield first, *(other.resize(first.size) for other in others)


def _lost(first: Image.Image, second: Image.Image) -> int:
    """Dark pixels of the first picture with nothing but white within two pixels in the second."""
    near = second.filter(ImageFilter.MinFilter(5)).point(lambda value: 255 if value > 235 else 0)
    dark = first.point(lambda value: 255 if value < 100 else 0)
    return ImageChops.logical_and(near.convert("1"), dark.convert("1")).histogram()[-1]


def _difference(first: Image.Image, second: Image.Image) -> int:
    return max(_lost(first, second), _lost(second, first))


def test_the_measure_of_difference_sees_a_missing_character(sample: Path) -> None:
    with pypdfium2.PdfDocument(sample) as pdf:
        whole = pdf[3].render(scale=100 / 72).to_pil().convert("L")
    gap = whole.copy()
    gap.paste(255, (300, 500, 322, 522))
    assert _difference(whole, gap) > DIFFERENCE


@needs_mutool
@needs_poppler
def test_three_renderers_draw_the_same_pages(editions: list[Path], tmp_path: Path) -> None:
    for path in a_part(editions, 3):
        assert_drawn_alike(path, tmp_path)


def assert_drawn_alike(path: Path, folder: Path) -> None:
    """PDFium, poppler and MuPDF draw the same pages."""
    for number, pictures in enumerate(_drawn_by_all(path, folder), 1):
        for other in pictures[1:]:
            difference = _difference(pictures[0], other)
            assert difference < DIFFERENCE, f"{path.name}, page {number}: {difference}"


# --- The file ---------------------------------------------------------------------------------------------------


@needs_poppler
def test_every_font_is_embedded_as_a_subset_with_unicode(editions: list[Path]) -> None:
    for path in editions:
        done = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, encoding="utf-8")
        rows = done.stdout.splitlines()[2:]
        assert rows
        for row in rows:
            assert "Type 3" not in row
            assert row.split()[-5:-2] == ["yes", "yes", "yes"], row


@needs_qpdf
def test_qpdf_finds_nothing_wrong(editions: list[Path]) -> None:
    for path in editions:
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr


@needs_shared
@needs_qpdf
def test_qpdf_finds_nothing_wrong_in_the_shared_reports_and_laws(corpus: tuple[str, list[Path]]) -> None:
    test_qpdf_finds_nothing_wrong(corpus[1])


@needs_shared
@needs_mutool
@needs_poppler
def test_three_renderers_draw_the_shared_reports_and_laws_alike(corpus: tuple[str, list[Path]], tmp_path: Path) -> None:
    for path in a_part(corpus[1], 2):  # each takes seconds
        assert_drawn_alike(path, tmp_path)


@needs_shared
def test_accessibility_checkers_pass_the_shared_reports_and_laws(
    corpus: tuple[str, list[Path]], tmp_path: Path
) -> None:
    assert_accessible(a_part(corpus[1], 2), tmp_path)


def test_verapdf_passes_archival_and_accessible(editions: list[Path], folder: Path) -> None:
    """One Java, which takes the profiles from the files, for sample, exam, official documents with their letterheads,
    some of the shared reports and laws, texts at random."""
    import test_pdf_options  # which has helpers of this file

    official = [edition(document(path), folder, path.stem, "gongwen+auto") for path in FORMS]
    shared = [path for name in STYLES for path in _in_style(folder, name, a_part(_shared_paths(name), 6))]
    assert len(official) == 5
    second = [
        *(edition(exam_document(), folder, "exam-2", name, standard="a-4") for name in ("gongwen", "book")),
        edition(document(SAMPLE), folder, "sample-2", "report", standard="a-4"),
        edition(document(SAMPLE), folder, "sample-2", "vertical", standard="a-4"),
        *(edition(document(path), folder, f"{path.stem}-2", "gongwen+auto", standard="a-4") for path in FORMS[:2]),
        *(edition(document(path), folder, f"{path.stem}-2", standard="a-4") for path in _shared_paths("report")[:1]),
    ]
    texts = [edition(fuzz_text.sample(seed), folder, f"text-{seed}") for seed in fuzz_text.SAMPLE]
    wanted = {path: ["2a", "ua1"] for path in (*editions, *official, *shared, *texts)}
    wanted |= {path: ["4", "ua2"] for path in second}
    wanted |= test_pdf_options.for_verapdf(folder)
    assert passed(list(wanted)) == wanted


def passed(paths: list[Path]) -> dict[Path, list[str]]:
    """The profiles of veraPDF that each file passes, of those it claims to."""
    command = [*verapdf(), "--format", "text", "-v", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    print(done.stdout)
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("PASS")]
    return {path: sorted(profile for _, name, profile in rows if name == str(path)) for path in paths}


def test_accessibility_checkers_find_no_error(editions: list[Path], tmp_path: Path) -> None:
    assert_accessible(editions, tmp_path)


def assert_accessible(editions: list[Path], folder: Path) -> None:
    """outloud and pdfua find nothing wrong with some files."""
    tools = Path(sys.executable).parent
    for checker in ("outloud", "pdfua"):
        if not (tools / checker).exists():
            pytest.skip(ABSENT.format(checker))
    # outloud 0.2 forgets a row span that reaches a table's right edge in the span's last row (TBL-004); the grid is
    # checked below.
    report = folder / "outloud.json"
    subprocess.run(
        [tools / "outloud", "--skip", "TBL-004", "--json", report, *map(str, editions)],
        capture_output=True,
        check=False,
    )
    found = re.findall(r'"severity": "error"[^}]*?"message": "([^"]*)"', report.read_text(encoding="utf-8"))
    assert report.stat().st_size > 100
    assert found == []
    for path in editions:
        done = subprocess.run([tools / "pdfua", "check", str(path)], capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stdout


def test_tables_close_their_grid(editions: list[Path]) -> None:
    for path in editions[3:]:
        with pikepdf.open(path) as pdf:
            tables = [kid for kid in pdf.Root.StructTreeRoot.K.K if kid.get("/S") == "/Table"]
            assert len(tables) == 2
            for table in tables:
                assert len(set(_row_widths(table))) == 1


def _row_widths(table: pikepdf.Object) -> list[int]:
    rows = [kid for kid in table.K if kid.S == "/TR"]
    widths = [0] * len(rows)
    for at, row in enumerate(rows):
        cells = row.K if isinstance(row.K, pikepdf.Array) else [row.K]
        for cell in cells:
            spans = cell.get("/A", {})
            for below in range(at, at + int(spans.get("/RowSpan", 1))):
                widths[below] += int(spans.get("/ColSpan", 1))
    return widths


def test_bookmarks_are_the_outline(sample: Path) -> None:
    with pypdfium2.PdfDocument(sample) as pdf:
        found = [(mark.level + 1, mark.get_title()) for mark in pdf.get_toc()]
    assert found == [(entry.level, entry.text) for entry in outline(document(SAMPLE))]
    assert len(found) == 8


def test_metadata_and_language_are_stated(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert str(pdf.docinfo.Title) == "洪山镇政府工作报告\uff082021\uff09"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == "洪山镇政府工作报告\uff082021\uff09"


def test_the_same_document_gives_the_same_bytes(folder: Path, sample: Path) -> None:
    assert edition(document(SAMPLE), folder, "again").read_bytes() == sample.read_bytes()


def test_a_paragraph_over_pages_is_one_tag(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        kinds = [str(kid.S) for kid in pdf.Root.StructTreeRoot.K.K]
    headings = [kind for kind in kinds if kind in ("/H1", "/H2")]
    assert kinds[:2] == ["/Title", "/Salutation"]
    assert len(headings) == 8
    assert kinds.count("/P") == 22 + 1  # the paragraphs, and the source note's one line


# --- The exam document, as golden text --------------------------------------------------------------------------


def _packaged_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.typography import fonts, system_faces

    monkeypatch.setattr(system_faces, "installed", lambda: ())
    fonts._resolve.cache_clear()


def _tree(node: pikepdf.Object, depth: int, out: list[str]) -> None:
    notes = [f"{key[1:]}={node[key]}" for key in ("/Alt", "/Lang") if key in node]
    spans = node.get("/A", {})
    notes += [f"{key[1:]}={spans[key]}" for key in ("/Scope", "/ColSpan", "/RowSpan") if key in spans]
    out.append("  " * depth + str(node.S)[1:] + ("".join(f" [{note}]" for note in notes)))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            _tree(kid, depth + 1, out)


@needs_mutool
def test_the_exam_document_has_the_lines_and_the_tags_it_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.typography import fonts

    _packaged_only(monkeypatch)
    path = edition(exam_document(), tmp_path, "exam")
    fonts._resolve.cache_clear()
    out = []
    for number, page in enumerate(glyphs(path), 1):
        out.append(f"--- page {number}")
        rows: dict[float, list[tuple[float, str]]] = {}
        for glyph in page:
            if glyph.char != " ":  # MuPDF guesses spaces from gaps
                rows.setdefault(round(glyph.y, 1), []).append((glyph.x, glyph.char))
        out += [f"{y:6.1f} " + "".join(char for _, char in sorted(rows[y])) for y in sorted(rows)]
    tree: list[str] = []
    with pikepdf.open(path) as pdf:
        _tree(pdf.Root.StructTreeRoot.K, 0, tree)
    _golden("exam-lines.txt", out)
    _golden("exam-tags.txt", tree)


def _golden(name: str, found: list[str]) -> None:
    """Compare with a file under fixtures/pdf; to change it on purpose, delete it and run the test twice."""
    path = Path(__file__).parent / "fixtures" / "pdf" / name
    text = "\n".join(found) + "\n"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path} was missing and has been written: look at it and keep it")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()
