"""Listen on a port of one of this computer's addresses."""

from __future__ import annotations

import socket
from collections.abc import Iterable


def open_port(host: str, ports: Iterable[int]) -> socket.socket:
    """Return a socket that listens on the first free port.

    Args:
        host: the IPv4 address.
        ports: the ports to try, one or more; 0 for any free one.

    Raises:
        OSError: if none is free; that of the last port.
    """
    error = OSError()
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would otherwise share the port with another program
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()
        except OSError as failure:
            listener.close()
            error = failure
        else:
            return listener
    raise error


def reason(error: OSError) -> str:
    """Return why a socket cannot listen, in the system's words."""
    return error.strerror or f"{error}"
