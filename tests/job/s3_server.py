"""S3 on loopback by moto, which records every request: method, object and order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

__all__ = ["Request", "S3Server", "serve"]


@dataclass(frozen=True)
class Request:
    """`method` and object `name` without the bucket, empty when the bucket was asked; the query's parameters."""

    method: str
    name: str
    query: dict[str, str]

    @property
    def lists(self) -> str | None:
        """The prefix that is listed, None where nothing is."""
        return self.query.get("prefix", "") if self.method == "GET" and not self.name else None

    @property
    def writes(self) -> bool:
        """Whether it gives an object its content; the parts of an upload do not, its completion does."""
        whole = self.method == "PUT" and "partNumber" not in self.query
        return bool(self.name) and (whole or (self.method == "POST" and "uploadId" in self.query))


@dataclass
class S3Server:
    """Where it listens, and what it was asked so far."""

    url: str
    requests: list[Request] = field(default_factory=list)

    @contextmanager
    def watched(self) -> Iterator[list[Request]]:
        """The requests that come while open; to be read after that."""
        start = len(self.requests)
        seen: list[Request] = []
        yield seen
        seen.extend(self.requests[start:])


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # or else every request opens a connection of its own

    def log(self, *_: Any) -> None:
        pass


@contextmanager
def serve() -> Iterator[S3Server]:
    """Run one until the block is left."""
    app = DomainDispatcherApplication(create_backend_app)
    server = S3Server("")

    def noting(environ: dict[str, Any], start_response: Any) -> Any:
        _, _, name = unquote(environ["PATH_INFO"]).lstrip("/").partition("/")
        query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        asked = {key: values[0] for key, values in query.items()}
        server.requests.append(Request(environ["REQUEST_METHOD"], name, asked))
        return app(environ, start_response)

    listener = make_server("127.0.0.1", 0, noting, threaded=True, request_handler=_Quiet)
    server.url = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
