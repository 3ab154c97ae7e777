"""The gallery over HTTP: what it gives, to whom, and how it refuses."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from shards import Store
from shards.gallery import Gallery, GalleryServer
from tests.shards.gallery_sets import frame_path, make_set

KEY = "s0000000-v00"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def error(self) -> str:
        return str(json.loads(self.content)["error"])


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Gallery:
    store: Store = make_set(tmp_path_factory.mktemp("set"), fill, shards=1, scenes=1)
    return Gallery(store, store)


@pytest.fixture(scope="module")
def server(gallery: Gallery) -> Iterator[GalleryServer]:
    with GalleryServer(gallery, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def ask(server: GalleryServer) -> Callable[..., Reply]:
    """(path, method="GET", **headers) -> what came back; the path goes out as it stands."""

    def send(path: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): v for name, v in headers.items()})
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    return send


def test_the_page_and_its_parts_are_served(ask: Callable[..., Reply]) -> None:
    page = ask("/")
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'src="app/main.js"' in page.content
    assert ask("/app/main.js").headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert ask("/app/base.css").headers["Content-Type"] == "text/css; charset=utf-8"


def test_queries_reach_the_lists(ask: Callable[..., Reply]) -> None:
    rows = json.loads(ask("/data/frames.json?from=1&limit=1&family=spheres").content)["rows"]
    assert [row["key"] for row in rows] == ["s0000000-v01"]


def test_nothing_is_fetched_from_elsewhere(ask: Callable[..., Reply]) -> None:
    headers = ask("/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert b"//" not in ask("/").content.replace(b"<!doctype", b"")


def test_unchanged_files_are_not_sent_again(ask: Callable[..., Reply]) -> None:
    path = f"/{frame_path(KEY, 'image.png')}"
    first = ask(path)
    again = ask(path, If_None_Match=first.headers["ETag"])
    assert (again.status, again.content) == (304, b"")
    assert ask(path, If_None_Match='"other"').content == first.content


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "", "127.0.0.1.evil.example", "[::"])
def test_another_sites_name_is_refused(ask: Callable[..., Reply], host: str) -> None:
    answer = ask("/data/set.json", Host=host)
    assert answer.status == 403
    assert "this server is not called" in answer.error


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"])
def test_this_machines_names_are_known(ask: Callable[..., Reply], host: str) -> None:
    assert ask("/data/set.json", Host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/app/..%2f..%2fanswer.py",
        "/app/%2e%2e/answer.py",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/data/frames/000000/%2e%2e/%2e%2e/config.yaml",
    ],
)
def test_paths_outside_the_gallery_are_refused(ask: Callable[..., Reply], path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert "there is nothing at" in answer.error


def test_a_missing_page_is_one_sentence(ask: Callable[..., Reply]) -> None:
    answer = ask(f"/{frame_path('s0000099-v00', 'frame.json')}")
    assert answer.status == 404
    assert "has no sample s0000099-v00" in answer.error
    assert ask("/data/frames.json?from=x").error == "from must be a whole number of 0 or more, got 'x'"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_only_get_and_head_are_answered(ask: Callable[..., Reply], method: str) -> None:
    answer = ask("/data/set.json", method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/data/set.json", f"/{frame_path(KEY, 'image.png')}", "/absent"])
def test_head_gives_the_headers_alone(ask: Callable[..., Reply], path: str) -> None:
    got, head = ask(path), ask(path, method="HEAD")
    del got.headers["Date"], head.headers["Date"]
    assert (head.status, head.headers, head.content) == (got.status, got.headers, b"")
    assert int(head.headers["Content-Length"]) == len(got.content)


def test_an_error_in_the_data_gives_a_response(
    server: GalleryServer, ask: Callable[..., Reply], gallery: Gallery
) -> None:
    patch = pytest.MonkeyPatch()
    with patch.context() as inside:
        inside.setattr(gallery, "get", lambda path, query: dict[str, Any]()["absent"])
        answer = ask("/data/set.json")
    assert (answer.status, answer.error) == (500, "KeyError: 'absent'")


def test_a_taken_port_is_an_error(server: GalleryServer, gallery: Gallery) -> None:
    with pytest.raises(OSError, match="in use"):
        GalleryServer(gallery, "127.0.0.1", server.server_port)


def test_concurrent_requests_are_answered(ask: Callable[..., Reply]) -> None:
    paths = [f"/{frame_path(f's0000000-v0{view}', 'depth.bin')}" for view in range(2)] * 6
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda path=path: replies.append(ask(path))) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 2
