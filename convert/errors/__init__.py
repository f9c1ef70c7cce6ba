"""What can go wrong, with the exit code and the next step for each; and what deserves a notice.

Every error a user can meet is a `ConvertError`.  It says what happened, where (file and line), and what
to do next; its class owns the exit code of the command line (convert/README.md, Commands).  `Failure` is such an error
as data, `Notice` what is no error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .kinds import (
    INTERRUPTED as INTERRUPTED,
)
from .kinds import (
    ConvertError as ConvertError,
)
from .kinds import (
    DiskFullError as DiskFullError,
)
from .kinds import (
    FidelityError as FidelityError,
)
from .kinds import (
    FontError as FontError,
)
from .kinds import (
    NoContentError as NoContentError,
)
from .kinds import (
    OutputError as OutputError,
)
from .kinds import (
    SourceError as SourceError,
)
from .kinds import (
    UsageError as UsageError,
)
from .said import Said as Said

if TYPE_CHECKING:
    from .data import Failure as Failure
    from .data import Notice as Notice


def __getattr__(name: str) -> Any:
    """What is kept as data, imported when it is first asked for: msgspec takes longer than `--help` without it."""
    if name in ("Failure", "Notice"):
        from . import data

        return getattr(data, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
