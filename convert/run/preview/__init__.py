"""`wenban preview`: the editions of a source while it and its style are being worked on.

In: a page or a folder of pages, and how to convert it.  Out: editions in a temporary folder, made again whenever a
file they depend on changes (`build`), and a page in the browser that shows them (`server`, `page`).
"""

from __future__ import annotations

from .build import Build, Shown
from .server import Server, serve

__all__ = ["Build", "Server", "Shown", "serve"]
