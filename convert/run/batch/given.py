"""What a run is given by its user and its machine: sources, formats, processors."""

from __future__ import annotations

import os
from collections.abc import Iterable

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
FORMATS = ("docx", "pdf", "epub")
"""The editions made where none is named."""
FORMS = ("plain", "auto", "general", "upward", "letter", "order", "minutes")
"""How official documents can be set (`style.FORMS`, which takes longer to import)."""
FORM_HELP = "Official documents: plain, auto (as the page), general, upward, letter, order, minutes."
