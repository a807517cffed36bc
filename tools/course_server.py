"""Serve the built book as a real host does: text compressed with gzip, below a folder of the host."""

import contextlib
import functools
import gzip
import hashlib
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

FOLDER = "/course/"  # a project's pages stand below the project's name, not at the root of the host
COMPRESSED = {".html", ".js", ".css", ".svg", ".json", ".txt"}


@functools.cache
def _gzipped(path: Path, _modified: int) -> tuple[bytes, str]:
    """Return what is sent of a text, and the mark by which a browser that has it already knows it again."""
    body = gzip.compress(path.read_bytes(), 6)
    return body, f'"{hashlib.sha256(body).hexdigest()}"'


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of one folder, below ``FOLDER``, text compressed."""

    protocol_version = "HTTP/1.1"  # one connection for many files, as every host has it

    def do_GET(self):
        """Answer with the file, or with 404 for everything outside the folder of the book."""
        if not self.path.startswith(FOLDER):
            self.send_error(404)
            return
        self.path = "/" + self.path.removeprefix(FOLDER)
        path = Path(self.translate_path(self.path))
        if path.suffix not in COMPRESSED or not path.is_file():
            super().do_GET()
            return
        body, mark = _gzipped(path, path.stat().st_mtime_ns)
        if self.headers.get("If-None-Match") == mark:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", mark)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing: whoever asked for the pages reports."""


class Server(http.server.ThreadingHTTPServer):
    """A server that a browser may leave in the middle of an answer."""

    def handle_error(self, request, client_address):
        """Report every error but that of a browser that has gone."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(html: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve the folder ``html`` on a free port; give the address of the book, with a slash at its end."""
    server = Server(("127.0.0.1", 0), functools.partial(handler, directory=html))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
    finally:
        server.shutdown()
        server.server_close()
