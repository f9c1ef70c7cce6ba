"""The command line: the only room that prints or exits.

Exit codes (convert/README.md, Commands): 0 all well; 2 usage; where every document failed for the same kind of reason,
the code of that reason (3 source, 4 no content, 5 fonts, 6 check, 7 output); 1 where only some failed or the reasons
differ; 8 with `--strict`, where all is done and some line was read with doubt; 130 interrupted.  Results go
to standard output, progress, warnings and errors to standard error.
"""

from __future__ import annotations

from . import about, bind, completion, convert, correct, folders, inspect, project, serve
from .app import app, main

__all__ = ["about", "app", "bind", "completion", "convert", "correct", "folders", "inspect", "main", "project", "serve"]
