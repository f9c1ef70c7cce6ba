"""Pages of vertical lines: they are laid out lying on their side and turned by a quarter to the right.

In: a style that is vertical.  Out: the style as the layout sees it, whose lines are as long as the text area is high,
and pages whose content is turned; what stands upright in their lines says `upright`.
"""

from __future__ import annotations

from msgspec.structs import replace
from reportlab.pdfbase import pdfdoc

from ...style import Style
from .paint import PagePainter
from .rows import PictureItem


def turned(style: Style) -> Style:
    """The style for a page lying on its side."""
    page, grid = style.page, style.grid
    pitch = float(grid.line_pitch)
    cells = int(float(page.text_height) / float(grid.character_pitch)) if grid.characters else 0
    lying = replace(
        page,
        width=page.height,
        height=page.width,
        text_width=page.text_height,
        text_height=page.text_width,
        top=page.inner,
        inner=page.top,
        mirrored=False,
    )
    return replace(style, page=lying, grid=replace(grid, lines=int(float(page.text_width) / pitch), characters=cells))


class ColumnPainter(PagePainter):
    """Paints a page that is laid out lying on its side.  height: of the page as it is read, points.

    The file says nothing of the direction in which pages are turned: where it says `R2L`, PDFium, and so Chrome, takes
    the text for one that runs to the left, and gives its brackets the other way round.
    """

    def __init__(self, number: int, style: Style, pictures: dict[str, str]) -> None:
        page = style.page
        inner = float(page.inner)
        if page.mirrored and number % 2:  # bound at the right, the other way round than a book of lines
            inner = float(page.width) - inner - float(page.text_width)
        top = float(page.width) - inner
        super().__init__(number, float(page.top), top, top - float(page.text_width), pictures)
        self.height = float(page.height)
        self.across: PagePainter | None = None

    def _on_page(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, bottom, right, top = super()._on_page(box)
        return bottom, self.height - right, top, self.height - left

    def place(self, y: float) -> tuple[float, float]:
        """Where a row that stands `y` below the first begins on the page."""
        return self.top - y, self.height - self.left

    def finish(self) -> str:
        """The operators of the page: what is turned, then what stands across, such as the page's number."""
        body = f"q 0 -1 1 0 0 {self.height:.3f} cm\n{super().finish()}\nQ"
        if self.across is None:
            return body
        self.used |= self.across.used
        return f"{body}\n{self.across.finish()}"

    def _picture(self, item: PictureItem, y: float) -> None:
        """A picture, upright within the room that the layout gave it."""
        scale = min(item.height / item.width, 1.0) if item.width else 1.0
        wide, high = item.width * scale, item.height * scale
        along = self.left + item.x + (item.width - high) / 2
        beside = self.top - y - item.y - item.height + (item.height - wide) / 2
        if item.node is not None:
            box = self._on_page((along, beside, along + high, beside + wide))
            item.node.say(BBox=pdfdoc.PDFArrayCompact([round(value, 2) for value in box]))
        self._close()
        self._mark(item.node)
        name = self.pictures.get(item.media) if item.media is not None else None
        if name is not None:
            self.code.append(f"q 0 {wide:.3f} {-high:.3f} 0 {along + high:.3f} {beside:.3f} cm /{name} Do Q")
            self.used[name] = None
        else:
            low = self.top - y - item.y - item.height
            self.code.append(f"0.5 w {self.left + item.x:.2f} {low:.2f} {item.width:.2f} {item.height:.2f} re S")
        self._close()
