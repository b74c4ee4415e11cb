"""A worker for gunicorn in which no thread ever waits for a client.

Gunicorn looks after the processes: how many, a new one for one that died, restarts that lose
nothing, signals, limits. Inside each of them waitress reads and writes every connection in one
loop, and a few threads run the site. See docs/decisions/012-slow-clients.md.
"""

import os
import resource
import socket
import time
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import BaseWSGIServer, TcpWSGIServer, UnixWSGIServer
from waitress.task import ThreadedTaskDispatcher

from clinic_site.server.channel import Channel
from clinic_site.server.reading import LARGEST_HEADER

TURN = 1  # second; how often the loop looks up when nothing happens
# Bodies on their way lie in memory or in temporary files; more than this at once is a flood.
MOST_BUFFERED = 512 * 1024 * 1024  # bytes, in each process
# How long a worker that stops leaves open what clients may be sending a next request on.
LAST_CALL = 2.0  # seconds


class SlowClientsServer(BaseWSGIServer):
    channel_class = Channel
    worker: "BufferingWorker"

    def add_task(self, channel: Channel) -> None:
        """Have a thread answer the first request of a channel.

        Those who may have to wait for a lock have threads of their own, so that readers never wait
        behind them.
        """
        may_write = channel.may_write()
        (self.worker.writers if may_write else self.worker.readers).add_task(channel)

    def maintenance(self, now: float) -> None:
        """Close what its client does not use; called once a second by the loop."""
        channels = list(self.active_channels.values())
        for channel in channels:
            if channel.is_too_slow(now):
                channel.drop()
        buffered = sum(channel.buffered() for channel in channels)
        for channel in sorted(channels, key=Channel.buffered, reverse=True):
            if buffered <= MOST_BUFFERED:
                break
            buffered -= channel.buffered()
            channel.drop()

    def takes_another(self) -> bool:
        """Count a request; tell whether its connection may bring another one."""
        return self.worker.count_request()

    def is_idle_too_long(self, last_activity: float, now: float) -> bool:
        if self.accepting:
            return now - last_activity > self.adj.channel_timeout
        return now - max(last_activity, self.worker.stopped_at) > LAST_CALL


class TcpServer(SlowClientsServer, TcpWSGIServer):
    pass


class UnixServer(SlowClientsServer, UnixWSGIServer):
    def getsockname(self) -> tuple[str, int]:
        """Name a port: waitress would say the socket's path, and Django wants a number."""
        return "unix", 80


class BufferingWorker(Worker):
    stopped_at = 0.0

    def init_process(self) -> None:
        allow_open_files(4 * self.cfg.worker_connections)
        super().init_process()

    def run(self) -> None:
        self.connections: dict[int, wasyncore.dispatcher] = {}
        self.readers, self.writers = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        for threads in (self.readers, self.writers):
            threads.set_thread_count(self.cfg.threads)
        self.servers = [self._serve(listener.sock) for listener in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self._turn()
        self._stop()

    def count_request(self) -> bool:
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        return self.alive

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        for server in getattr(self, "servers", []):
            server.pull_trigger()

    def _serve(self, listener: socket.socket) -> SlowClientsServer:
        address = listener.getsockname()
        kind = UnixServer if listener.family == socket.AF_UNIX else TcpServer
        server = kind(
            self.wsgi,
            self.connections,
            _sock=listener,
            dispatcher=self.readers,
            adj=self._adjustments(address),
            sockinfo=(listener.family, listener.type, listener.proto, address),
            bind_socket=False,
        )
        server.worker = self
        return server

    def _adjustments(self, address: Any) -> Adjustments:
        return Adjustments(
            threads=self.cfg.threads,
            backlog=self.cfg.backlog,
            connection_limit=self.cfg.worker_connections,
            channel_timeout=self.cfg.keepalive,
            cleanup_interval=TURN,
            asyncore_loop_timeout=TURN,
            asyncore_use_poll=True,
            max_request_header_size=LARGEST_HEADER,
            max_request_body_size=settings.LARGEST_STAFF_BODY + 1,
            log_socket_errors=False,
            # Django decides by BEHIND_PROXY which of these it believes.
            clear_untrusted_proxy_headers=False,
            # Only requests of HTTP/1.0 come without a host of their own.
            server_name=address[0] if isinstance(address, tuple) else "localhost",
            ident="",
        )

    def _turn(self) -> None:
        self.notify()
        wasyncore.loop(timeout=TURN, use_poll=True, map=self.connections, count=1)

    def _stop(self) -> None:
        """Take no new connections, and answer what has come on those that are open."""
        self.stopped_at = time.time()
        for server in self.servers:
            server.accepting = False
        give_up = time.monotonic() + self.cfg.graceful_timeout
        while any(server.active_channels for server in self.servers):
            if time.monotonic() > give_up:
                break
            self._turn()
        for threads in (self.readers, self.writers):
            threads.shutdown(timeout=0)


def allow_open_files(wanted: int) -> None:
    """Each connection is an open file, and a large body on its way another one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
