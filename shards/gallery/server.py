"""The gallery over HTTP, for the person at this machine."""

import hashlib
import ipaddress
import json
import socket
import socketserver
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from encode import EncodeError
from shards.errors import ShardError
from shards.gallery.answer import Answer, NotThere
from shards.gallery.gallery import Gallery

__all__ = ["GalleryServer"]

_HEADERS = {
    # The next data set on this port has the same addresses: whatever is kept must be asked about.
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class GalleryServer(ThreadingHTTPServer):
    """Listens on `host` from the start; `serve_forever` answers, a thread a connection. Port 0 is any free one.

    Raises OSError where it cannot listen.
    """

    daemon_threads = True

    def __init__(self, gallery: Gallery, host: str, port: int) -> None:
        self.gallery = gallery
        self.host = host
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.server_address[1]}/"

    def server_bind(self) -> None:
        """Bind; without HTTPServer's look-up of this machine's name, which may take seconds and is not used."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def is_ours(self, host_header: str) -> bool:
        """Whether a request was meant for this server: by address, as localhost, or by the name that it was given.

        A page of another site that has its name resolve to this machine (DNS rebinding) says that name.
        """
        name = urlsplit(f"//{host_header}").hostname or ""
        if name in ("localhost", self.host.lower()):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class _Handler(BaseHTTPRequestHandler):
    server: GalleryServer
    protocol_version = "HTTP/1.1"
    server_version = "verichrome"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer one request."""
        if not self._is_ours():
            self._say(HTTPStatus.FORBIDDEN, f"this server is not called {self.headers.get('Host', '')!r}")
            return
        parts = urlsplit(self.path)
        try:
            answer = self.server.gallery.get(unquote(parts.path).removeprefix("/"), dict(parse_qsl(parts.query)))
        except NotThere as error:
            self._say(HTTPStatus.NOT_FOUND, str(error))
        except (ShardError, EncodeError) as error:
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        except Exception as error:  # a sample of a form that nobody foresaw must not cost the page
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, f"{type(error).__name__}: {error}")
        else:
            self._give(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for the address."""

    def _is_ours(self) -> bool:
        try:
            return self.server.is_ours(self.headers.get("Host", ""))
        except ValueError:  # a host that is none, as "[::"
            return False

    def _give(self, answer: Answer) -> None:
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(HTTPStatus.NOT_MODIFIED, Answer(b"", answer.kind), tag)
        else:
            self._send(HTTPStatus.OK, answer, tag)

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        self._send(status, Answer(json.dumps({"error": sentence}).encode(), "application/json"))

    def _send(self, status: HTTPStatus, answer: Answer, tag: str = "") -> None:
        self.send_response(status)
        headers = {"Content-Type": answer.kind, "Content-Length": str(len(answer.content)), **_HEADERS}
        for name, value in {**headers, **({"ETag": tag} if tag else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)
