"""The gallery's server against browsers that are slow, many or no browsers: bounded in time, plain in its refusals."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from shards.gallery import GalleryServer
from shards.gallery.request_handler import HEADERS
from shards.gallery.request_limits import RequestLimits
from shards.gallery.response import Response

BIG = 32 * 2**20  # more than the sockets' buffers on loopback hold


class FakeGallery:
    """A stand-in gallery: a big file, a failing one and a page."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.now = self.most = 0

    def get(self, path: str, query: dict[str, str]) -> Response:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        with self.lock:
            self.now -= 1
        if path == "broken":
            raise KeyError(path)
        return Response(bytes(BIG) if path == "big" else b"a page", "text/plain")


@contextmanager
def served(limits: RequestLimits) -> Iterator[GalleryServer]:
    with GalleryServer(FakeGallery(), "127.0.0.1", 0, limits) as server:  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)


@pytest.fixture(scope="module")
def quick() -> Iterator[GalleryServer]:
    """A server with very short timeouts."""
    with served(RequestLimits(idle=0.4, request=0.4, answer=0.4)) as server:
        yield server


def dial(server: GalleryServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=10)


def read_all(connection: socket.socket) -> bytes:
    """Until the server closes; one that resets has closed."""
    received = b""
    try:
        while part := connection.recv(65536):
            received += part
    except ConnectionError:
        pass
    return received


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


HOST = b"Host: localhost\r\nConnection: close\r\n\r\n"
REQUESTS = {
    "page": (200, b"GET / HTTP/1.1\r\n" + HOST),
    "head": (200, b"HEAD / HTTP/1.1\r\n" + HOST),
    "http 1.0": (200, b"GET / HTTP/1.0\r\n" + HOST),
    "known": (304, b"GET / HTTP/1.1\r\nIf-None-Match: *\r\n" + HOST),
    "no http": (400, b"hello\r\n\r\n"),
    "empty": (400, b"\r\n\r\n"),
    "no version": (400, b"GET / HTTP/x\r\n" + HOST),
    "nul": (400, b"GET /a%00b HTTP/1.1\r\n" + HOST),
    "new line": (400, b"GET /a%0d%0aSet-Cookie:x HTTP/1.1\r\n" + HOST),
    "not utf-8": (400, b"GET /%ff%fe HTTP/1.1\r\n" + HOST),
    "query of nul": (400, b"GET /?a=%00 HTTP/1.1\r\n" + HOST),
    "many fields": (400, b"GET /?" + b"a=1&" * 100 + b" HTTP/1.1\r\n" + HOST),
    "half an address": (400, b"GET http://[::/ HTTP/1.1\r\n" + HOST),
    "two hosts": (400, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + HOST),
    "no host": (403, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
    "other host": (403, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
    "other host in the address": (403, b"GET http://evil.example/ HTTP/1.1\r\n" + HOST),
    "post": (405, b"POST / HTTP/1.1\r\nContent-Length: 5\r\n" + HOST + b"hello"),
    "options": (405, b"OPTIONS * HTTP/1.1\r\n" + HOST),
    "half a line": (408, b"GET / HT"),
    "half the headers": (408, b"GET / HTTP/1.1\r\nHost: local"),
    "long address": (414, b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST),
    "long header": (431, b"GET / HTTP/1.1\r\nX: " + b"a" * 70000 + b"\r\n" + HOST),
    "many headers": (431, b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + HOST),
    "broken": (500, b"GET /broken HTTP/1.1\r\n" + HOST),
    "no method": (501, b"BREW / HTTP/1.1\r\n" + HOST),
    "http 0.9": (505, b"GET /\r\n\r\n"),
    "http 2": (505, b"GET / HTTP/2.0\r\n" + HOST),
}


@pytest.mark.parametrize(("status", "sent"), REQUESTS.values(), ids=REQUESTS)
def test_every_status_has_the_security_headers(quick: GalleryServer, status: int, sent: bytes) -> None:
    with dial(quick) as connection:
        connection.sendall(sent)
        answer = read_all(connection)
    head, _, content = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].split()[:2] == ["HTTP/1.1", str(status)]
    headers = dict(line.split(": ", 1) for line in lines[1:])
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers["Connection"] == "close"
    assert b"HTTP/1.1 " not in content  # nothing that follows is answered, as a body that looks like a request
    if status >= 400:
        assert content.startswith(b'{"error": "')
        assert int(headers["Content-Length"]) == len(content) < 1100
    if status in (405, 501):
        assert headers["Allow"] == "GET, HEAD"


def test_a_request_body_is_not_read_as_a_request(quick: GalleryServer) -> None:
    inner = b"GET /broken HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with dial(quick) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner)
        answer = read_all(connection)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.endswith(b"a page")


def test_one_connection_serves_many_requests(quick: GalleryServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", quick.server_port, timeout=10)
    for _ in range(3):
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"a page"
    connection.close()


def answering() -> int:
    """Threads that answer a client; other tests leave threads of other kinds in this process."""
    return sum("process_request_thread" in thread.name for thread in threading.enumerate())


def test_slow_and_silent_clients_are_disconnected(quick: GalleryServer) -> None:
    before = answering()
    silent = [dial(quick) for _ in range(20)]
    slow = dial(quick)
    until(lambda: answering() > before + 10)
    start = time.monotonic()
    for byte in b"GET / HTTP/1.1\r\nHost: localhost" * 10:  # a byte at a time: the socket's own timeout never ends
        try:
            slow.sendall(bytes([byte]))
        except ConnectionError:
            break
        time.sleep(0.02)
    assert time.monotonic() - start < 4
    assert b"408" in read_all(slow) or time.monotonic() - start < 4
    until(lambda: answering() <= before)
    for connection in (*silent, slow):
        assert read_all(connection) == b""
        connection.close()


def test_clients_that_stop_reading_are_disconnected(quick: GalleryServer) -> None:
    before = answering()
    with dial(quick) as connection:
        connection.sendall(b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: answering() > before)
        until(lambda: answering() <= before)
        assert len(read_all(connection)) < BIG


def test_150_clients_at_once_get_their_answers() -> None:
    with served(RequestLimits()) as server:
        ready = threading.Barrier(150)

        def ask(_: int) -> bytes:
            ready.wait(30)
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
            try:
                connection.request("GET", "/")
                return connection.getresponse().read()
            finally:
                connection.close()

        start = time.monotonic()
        with ThreadPoolExecutor(150) as pool:
            assert list(pool.map(ask, range(150))) == [b"a page"] * 150
        assert time.monotonic() - start < 20
        assert server.gallery.most <= RequestLimits().answers  # type: ignore[attr-defined]


def test_beyond_the_limit_connections_wait_their_turn() -> None:
    with served(RequestLimits(connections=3, idle=0.2)) as server:
        before = answering()
        dialed = [dial(server) for _ in range(12)]
        most = 0
        for connection in dialed:
            connection.sendall(b"GET / HTTP/1.1\r\n" + HOST)
            most = max(most, answering() - before)
        assert all(read_all(connection).endswith(b"a page") for connection in dialed)
        for connection in dialed:
            connection.close()
    assert most <= 3


def test_the_server_says_whether_other_machines_can_reach_it() -> None:
    stand = FakeGallery()
    with GalleryServer(stand, "127.0.0.1", 0) as near, GalleryServer(stand, "0.0.0.0", 0) as far:  # type: ignore[arg-type]
        assert (near.is_private, far.is_private) == (True, False)


def test_an_interrupt_while_a_connection_starts_ends_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """It arrives in the main thread, whichever line of the server runs there."""
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        thread.join(10)
        raise KeyboardInterrupt

    with GalleryServer(FakeGallery(), "127.0.0.1", 0) as server:  # type: ignore[arg-type]
        with dial(server):
            pass
        monkeypatch.setattr(threading.Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            server.handle_request()
