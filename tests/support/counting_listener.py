"""An address of this computer that notes every connection, and answers none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def counting_listener() -> Iterator[tuple[str, list[str]]]:
    """Listen as the rest of the world; yield an address, and a list of requests, also of connections without any."""
    requests: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(1)
                    try:
                        requests.append(connection.recv(2000).partition(b"\r\n")[0].decode() or "a connection")
                    except TimeoutError:
                        requests.append("a connection")

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/", requests
        finally:
            is_over.set()
            thread.join()
