"""How connections are taken: what each of them inherits from the socket the server listens on."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from server.serve import SEND_BUFFER, STALLED_MS, listen


@pytest.fixture(params=["127.0.0.1", "::1"])
def connection(request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    """The server's end of one."""
    with (
        listen(request.param, 0) as listening,
        socket.create_connection(listening.getsockname()[:2]),
        listening.accept()[0] as accepted,
    ):
        yield accepted


def test_an_answer_does_not_wait_behind_what_was_sent_before_it(connection: socket.socket) -> None:
    assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_system_hides_little_that_a_stalled_reader_never_takes(connection: socket.socket) -> None:
    # Linux doubles what it is asked for, to keep its books.
    assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * SEND_BUFFER


def test_nor_does_it_keep_it_for_long(connection: socket.socket) -> None:
    assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == STALLED_MS
