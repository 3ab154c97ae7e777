"""The gallery over HTTP, on loopback by default."""

import ipaddress
import socket
import socketserver
import sys
import threading
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from shards.gallery.gallery import Gallery
from shards.gallery.request_handler import RequestHandler
from shards.gallery.request_limits import RequestLimits

__all__ = ["GalleryServer"]


class GalleryServer(ThreadingHTTPServer):
    """Listens on `host` from the start; `serve_forever` answers, a thread a connection. Port 0 is any free one.

    A connection beyond `limits` waits to be accepted until another ends. Raises OSError where it cannot listen.
    """

    daemon_threads = True
    request_queue_size = 512  # connections that wait to be accepted; beyond it the system turns browsers away

    def __init__(self, gallery: Gallery, host: str, port: int, limits: RequestLimits | None = None) -> None:
        self.gallery = gallery
        self.host = host
        self.limits = limits or RequestLimits()
        self.answers = threading.BoundedSemaphore(self.limits.answers)
        self._ends = False
        self._connections = threading.BoundedSemaphore(self.limits.connections)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), RequestHandler)

    @property
    def url(self) -> str:
        """Address for a browser."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.server_address[1]}/"

    @property
    def is_private(self) -> bool:
        """Whether this machine alone can reach it."""
        return ipaddress.ip_address(self.socket.getsockname()[0]).is_loopback

    def server_bind(self) -> None:
        """Bind; without HTTPServer's look-up of this machine's name, which may take seconds and is not used."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that disconnects in the middle of an answer, or stops reading."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give the connection a thread, once one is free: every open connection ends by its limits."""
        while not self._connections.acquire(timeout=1):
            if self._ends:
                self.shutdown_request(request)
                return
        try:
            super().process_request(request, client_address)
        except Exception:  # no interrupt: by then the thread may have started, which gives back its place itself
            self._connections.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.release()

    def shutdown(self) -> None:
        """Stop `serve_forever`, also where it waits for a thread."""
        self._ends = True
        super().shutdown()

    def is_own_host(self, host_header: str) -> bool:
        """Whether a request is for this server: by address, as localhost, or by the name of its `host`.

        A page of another site whose name resolves to this machine (DNS rebinding) sends that name.
        """
        name = urlsplit(f"//{host_header}").hostname or ""
        if name in ("localhost", self.host.lower()):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True
