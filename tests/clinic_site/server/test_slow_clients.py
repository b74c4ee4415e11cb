"""When the server gives a client up: the clock is told, so nothing here takes time."""

import socket
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from waitress.adjustments import Adjustments

from clinic_site.server.channel import ENOUGH, STRETCH, Channel

HEADER = b"POST /book/send/ HTTP/1.1\r\nHost: clinic.example\r\nContent-Length: 90000\r\n\r\n"
NOW = 1_000_000.0


@pytest.fixture
def sockets() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def channel(sockets: tuple[socket.socket, socket.socket]) -> Channel:
    server = SimpleNamespace(
        active_channels={}, is_idle_too_long=lambda *_times: False, pull_trigger=lambda: None
    )
    channel = Channel(server, sockets[0], ("", 0), Adjustments(), map={})
    assert not channel.is_too_slow(NOW)
    return channel


def test_a_client_that_says_nothing_is_given_up(channel: Channel) -> None:
    assert not channel.is_too_slow(NOW + STRETCH)
    assert channel.is_too_slow(NOW + STRETCH + 1)


@pytest.mark.parametrize("begins", [b"GET / HTTP/1.1\r\nX: ", HEADER])
def test_a_byte_now_and_then_is_not_enough(channel: Channel, begins: bytes) -> None:
    channel.received(begins)
    given_up = [second for second in range(60) if _drip(channel, second)]
    assert given_up[0] == STRETCH + 1


def _drip(channel: Channel, second: int) -> bool:
    if second % 3 == 0:
        channel.received(b"a")
    return channel.is_too_slow(NOW + second)


def test_a_large_body_on_a_slow_line_may_take_minutes(channel: Channel) -> None:
    channel.received(HEADER)
    for second in range(120):
        channel.received(b"a" * (ENOUGH // STRETCH + 100))
        assert not channel.is_too_slow(NOW + second)


def test_a_client_that_reads_nothing_is_given_up_and_forgotten(
    channel: Channel, sockets: tuple[socket.socket, socket.socket]
) -> None:
    channel.write_soon(b"a" * 10_000_000)
    channel.handle_write()
    assert not channel.is_too_slow(NOW)
    stretches = [channel.is_too_slow(NOW + number * (STRETCH + 1)) for number in (1, 2)]
    assert True in stretches
    channel.drop()
    assert not channel.total_outbufs_len
    assert sockets[0].fileno() == -1


def test_a_client_that_waits_for_us_is_not_given_up(channel: Channel) -> None:
    channel.requests = [object()]
    assert not channel.is_too_slow(NOW)
    assert not channel.is_too_slow(NOW + 3600)
