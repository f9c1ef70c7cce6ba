"""The preview's server: this machine only, and of its files only the editions.

It answers at 127.0.0.1 to requests whose `Host` is that address: a page elsewhere whose name is made to lead here (DNS
rebinding) is turned away.  Names are looked up in a table, so no path leads out of the folder.  The pages' own rules
(Content-Security-Policy) let nothing run but the preview's script; editions are shown in a frame without rights.
"""

from __future__ import annotations

import contextlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from ...errors import Said, UsageError
from .build import Build
from .page import page
from .review import review
from .said import MOST_SAID, Reviewer

HOST = "127.0.0.1"
PATIENCE = 20.0
"""Seconds for which a request for the next version is held."""

INTERVAL = 0.4
"""Seconds between two looks at the files."""

_OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_EDITION = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
)
_TYPES = {
    "css": "text/css; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
_ASSETS = ("page.css", "page.js", "review.css", "review.js")


class Server(ThreadingHTTPServer):
    """Shows a build.  Raises UsageError where the port is taken."""

    daemon_threads = True
    request_queue_size = 128  # connections that wait to be taken: a browser opens several at once
    allow_reuse_address = True

    def __init__(self, build: Build, port: int = 0) -> None:
        self.build = build
        self.reviewer = Reviewer(build)
        self.token = secrets.token_urlsafe(32)
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise UsageError(Said("port-taken", port=port, error=error)) from None
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}
        self.url = f"http://{HOST}:{self.server_port}/"


def serve(build: Build, server: Server, done: Callable[[], object] = lambda: None) -> None:
    """Serves until it is interrupted (KeyboardInterrupt), looking after changes in this thread.

    done: called after each time the documents were made.
    """
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        while True:
            if build.refresh():
                done()
            time.sleep(INTERVAL)
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "wenban"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._answer()

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Takes what is said in the review view: only from the page that has the token."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._take()

    def _take(self) -> None:
        size = self.headers.get("Content-Length", "")
        data = self.rfile.read(int(size)) if size.isascii() and size.isdigit() and int(size) <= MOST_SAID else None
        if data is None:
            self.close_connection = True
        token, origin = self.headers.get("X-Wenban-Token", ""), self.headers.get("Origin", "")
        if self.headers.get("Host", "") not in self.server.hosts:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"Not here.\n", "text/plain")
            return
        ours = not origin or urlsplit(origin).netloc in self.server.hosts
        address = urlsplit(self.path)
        if address.path != "/correct" or data is None:
            self._send(HTTPStatus.NOT_FOUND, b"There is nothing here.\n", "text/plain")
        elif not ours or not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self._send(HTTPStatus.FORBIDDEN, b"Only this preview's page may say so.\n", "text/plain")
        else:
            done, message = self.server.reviewer.take(parse_qs(address.query).get("doc", [""])[0], data)
            status = HTTPStatus.OK if done else HTTPStatus.CONFLICT
            self._send(status, message.encode(), "text/plain; charset=utf-8")

    def log_message(self, *_: object) -> None:
        """Says nothing: only the command line prints."""

    def _answer(self) -> None:
        if self.headers.get("Host", "") not in self.server.hosts:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"Not here.\n", "text/plain")
            return
        address = urlsplit(self.path)
        asked = parse_qs(address.query)
        name = unquote(address.path).removeprefix("/")
        build = self.server.build
        if name == "":
            self._send(HTTPStatus.OK, page(build, asked.get("doc", [""])[0]).encode(), _TYPES["html"], _OURS)
        elif name == "review":
            shown = review(build, asked.get("doc", [""])[0], self.server.token)
            self._send(HTTPStatus.OK, shown.encode(), _TYPES["html"], _OURS)
        elif name in _ASSETS:
            ending = name.rpartition(".")[2]
            self._send(HTTPStatus.OK, Path(__file__).with_name(name).read_bytes(), _TYPES[ending], _OURS)
        elif name == "version":
            seen = asked.get("seen", [""])[0]
            version = build.wait(int(seen), PATIENCE) if seen.isascii() and seen.isdigit() else build.version
            self._send(HTTPStatus.OK, str(version).encode(), "text/plain", _OURS)
        elif name.startswith("files/") and (found := self._edition(name.removeprefix("files/"))):
            self._send(HTTPStatus.OK, *found)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is nothing here.\n", "text/plain")

    def _edition(self, name: str) -> tuple[bytes, str, str, str] | None:
        """Bytes, type, policy and disposition of an edition; None where no document has one of that name."""
        for shown in self.server.build.documents.values():
            for form, file in shown.files.items():
                if file == name:
                    data = (self.server.build.folder / file).read_bytes()
                    how = "inline" if form in ("html", "pdf") else "attachment"
                    policy = _EDITION if form == "html" else ""  # what shows a PDF is the browser's own page
                    return data, _TYPES[form], policy, f"{how}; filename*=UTF-8''{quote(file, safe='')}"
        return None

    def _send(self, status: HTTPStatus, data: bytes, kind: str, policy: str = "", disposition: str = "") -> None:
        self.send_response(status)
        for name, value in self._headers(kind, policy, disposition):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _headers(self, kind: str, policy: str, disposition: str) -> Iterator[tuple[str, str]]:
        yield "Content-Type", kind
        yield "Cache-Control", "no-store"
        yield "X-Content-Type-Options", "nosniff"
        yield "Referrer-Policy", "no-referrer"
        yield "Cross-Origin-Resource-Policy", "same-origin"
        if policy:
            yield "Content-Security-Policy", policy
        if disposition:
            yield "Content-Disposition", disposition
