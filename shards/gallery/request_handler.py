"""One browser's connection to the gallery: reads its requests and answers or refuses each."""

import contextlib
import hashlib
import io
import json
import socket
import time
import unicodedata
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from encode import EncodeError
from shards.errors import ShardError
from shards.gallery.deadline_reader import DeadlineReader, RequestTooLarge
from shards.gallery.request_limits import RequestLimits
from shards.gallery.response import NotFound, Response

__all__ = ["HEADERS", "RequestHandler"]

#: Headers of every answer, whatever its status.
HEADERS = {
    # The next data set on this port has the same addresses: the browser must revalidate what it caches.
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ALLOWED = "GET, HEAD"
#: Methods that HTTP knows and that the gallery does not allow: 405. Any other method is 501.
_FORBIDDEN = frozenset({"CONNECT", "DELETE", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
_BUFFER = 8 * 2**10
_MOST_FIELDS = 64
#: Most characters of an error that are sent: it may quote untrusted data of any length.
_LONGEST = 1000
#: Bytes and seconds for which an unwanted body is read and dropped, so that the refusal reaches its sender.
_BODY = 64 * 2**10
_BODY_SECONDS = 1.0


class RequestHandler(BaseHTTPRequestHandler):
    """Reads requests under the server's limits; only GET and HEAD are answered."""

    server: Any  # a GalleryServer, which makes these
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # header and content are sent separately: the content must not wait

    def setup(self) -> None:
        """Put the deadline between the connection and what reads from it."""
        super().setup()
        self._incoming = DeadlineReader(self.connection)
        self.rfile.close()
        self.rfile = io.BufferedReader(self._incoming, _BUFFER)

    def handle_one_request(self) -> None:
        """Read one request and answer it; `close_connection` says whether another may follow."""
        limits: RequestLimits = self.server.limits
        self.close_connection = True
        self.command, self.path, self.requestline, self.request_version = "", "", "", self.protocol_version
        if not self._await_request(limits):
            return
        self._incoming.allow(limits.request, limits.line + limits.headers)
        try:
            self.raw_requestline = self.rfile.readline(limits.line + 1)
            if len(self.raw_requestline) > limits.line:
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG, f"an address has at most {limits.line} bytes")
            elif not self.raw_requestline.strip():
                self.send_error(HTTPStatus.BAD_REQUEST, "the request is empty")
            elif self.parse_request():
                self._answer()
        except TimeoutError:
            self.send_error(HTTPStatus.REQUEST_TIMEOUT, f"a request must be sent within {limits.request:g} seconds")
        except RequestTooLarge:
            message = f"a request has at most {limits.line + limits.headers} bytes"
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, message)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request, also one that Python's parser rejects; nothing that follows on this connection is read."""
        self.close_connection = True
        self.request_version = self.protocol_version  # otherwise a request without a version would get no headers
        self._send_message(HTTPStatus(code), message or HTTPStatus(code).phrase)

    def version_string(self) -> str:
        """The header Server, without versions."""
        return "verichrome"

    def handle_expect_100(self) -> bool:
        """Do not ask for a body: none is read."""
        return True

    def log_message(self, *_: Any) -> None:
        """Log nothing: the terminal is for the address."""

    def _await_request(self, limits: RequestLimits) -> bool:
        """Whether a request comes before the connection has been idle for too long."""
        self._incoming.allow(limits.idle, _BUFFER)
        try:
            return bool(self.rfile.peek(1))  # type: ignore[attr-defined]
        except TimeoutError:
            return False

    def _answer(self) -> None:
        bodied = "Transfer-Encoding" in self.headers or self.headers.get("Content-Length", "0") != "0"
        self.close_connection = self.close_connection or bodied  # what follows may be the body, not a request
        self._reply()
        if bodied:
            self._drain_body()

    def _reply(self) -> None:
        if self.request_version == "HTTP/0.9":
            self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "a request says HTTP/1.0 or HTTP/1.1")
        elif len(self.headers.get_all("Host", [])) > 1:
            self.send_error(HTTPStatus.BAD_REQUEST, "a request has one Host")
        elif self.command in _FORBIDDEN:
            self._send_message(
                HTTPStatus.METHOD_NOT_ALLOWED, f"{self.command} is not allowed here", {"Allow": _ALLOWED}
            )
        elif self.command not in ("GET", "HEAD"):
            self._send_message(HTTPStatus.NOT_IMPLEMENTED, f"{self.command!r} is not a method", {"Allow": _ALLOWED})
        else:
            self._get()

    def _get(self) -> None:
        try:
            parts = urlsplit(self.path)
            foreign_host = self._foreign_host(parts)
            path, query = _read(parts)
        except ValueError as error:  # UnicodeDecodeError too
            self._send_message(HTTPStatus.BAD_REQUEST, f"the address does not read: {error}")
            return
        if foreign_host is not None:
            self._send_message(HTTPStatus.FORBIDDEN, f"this server is not called {foreign_host!r}")
            return
        if not self.server.answers.acquire(timeout=self.server.limits.answer):
            self._send_message(HTTPStatus.SERVICE_UNAVAILABLE, "too many ask at once", {"Retry-After": "5"})
            return
        try:
            answer, status = self._ask(path, query)
        finally:
            self.server.answers.release()
        self._send_answer(answer, status)

    def _foreign_host(self, parts: SplitResult) -> str | None:
        """The host name of the request, if it is not one of this server's."""
        named = [self.headers.get("Host", ""), *([parts.netloc] if parts.scheme or parts.netloc else [])]
        return next((name for name in named if not self._is_own_host(name)), None)

    def _is_own_host(self, name: str) -> bool:
        try:
            return bool(self.server.is_own_host(name))
        except ValueError:  # no host at all, as "[::"
            return False

    def _ask(self, path: str, query: Mapping[str, str]) -> tuple[Response, HTTPStatus]:
        try:
            return self.server.gallery.get(path, query), HTTPStatus.OK
        except NotFound as error:
            return _sentence(str(error)), HTTPStatus.NOT_FOUND
        except (ShardError, EncodeError) as error:
            return _sentence(str(error)), HTTPStatus.INTERNAL_SERVER_ERROR
        except Exception as error:  # an unexpected sample must not break the page
            return _sentence(f"{type(error).__name__}: {error}"), HTTPStatus.INTERNAL_SERVER_ERROR

    def _send_answer(self, answer: Response, status: HTTPStatus) -> None:
        if status is not HTTPStatus.OK:
            self._send(status, answer, {})
            return
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        known = {entry.strip().removeprefix("W/") for entry in self.headers.get("If-None-Match", "").split(",")}
        self._send(HTTPStatus.NOT_MODIFIED if known & {tag, "*"} else status, answer, {"ETag": tag})

    def _send_message(self, status: HTTPStatus, sentence: str, more: Mapping[str, str] | None = None) -> None:
        self._send(status, _sentence(sentence), more or {})

    def _send(self, status: HTTPStatus, answer: Response, more: Mapping[str, str]) -> None:
        self.connection.settimeout(self.server.limits.answer)  # for all of the content, however slowly it is read
        self.send_response(status)
        if status is not HTTPStatus.NOT_MODIFIED:  # which must not change the browser's cached headers of the content
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.content)))
        for name, value in {**HEADERS, **more}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and status is not HTTPStatus.NOT_MODIFIED:
            self.wfile.write(answer.content)

    def _drain_body(self) -> None:
        self._incoming.allow(_BODY_SECONDS, _BODY)
        until = time.monotonic() + _BODY_SECONDS
        with contextlib.suppress(TimeoutError, RequestTooLarge, ConnectionError):
            self.connection.shutdown(socket.SHUT_WR)
            while time.monotonic() < until and self.rfile.read1(_BUFFER):
                pass


def _read(parts: SplitResult) -> tuple[str, dict[str, str]]:
    """Path and query; raises ValueError where they are not UTF-8, hold control characters or have too many fields."""
    path = unquote(parts.path, errors="strict").removeprefix("/")
    fields = parse_qsl(parts.query, errors="strict", max_num_fields=_MOST_FIELDS)
    texts = (path, *(text for field in fields for text in field))
    if any(unicodedata.category(character) == "Cc" for text in texts for character in text):
        raise ValueError("it holds control characters")
    return path, dict(fields)


def _sentence(text: str) -> Response:
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Response(json.dumps({"error": cut}).encode(), "application/json")
