from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from model_host import CONFIG, MODEL, Host, catalogue_of, file_entry, handler

from voice.models import ModelStore


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is what these tests are about."""


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host("")
    server = QuietServer(("127.0.0.1", 0), handler(made))
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.models.gather.PAUSE", 0.0)


@pytest.fixture
def store(host: Host, tmp_path: Path) -> ModelStore:
    """A store whose catalogue has one model of two files, served by the host."""
    host.serve("a/model.bin", MODEL)
    host.serve("a/config.json", CONFIG)
    files = file_entry("model.bin", f"{host.url}/a/model.bin", MODEL)
    files += file_entry("config.json", f"{host.url}/a/config.json", CONFIG)
    return ModelStore(tmp_path / "models", catalogue_of(files))
