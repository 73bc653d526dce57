"""A bad line: a TCP proxy on loopback that counts what comes through, and can go silent or break off."""

import contextlib
import socket
import threading

BLOCK = 65536


class BadLine:
    """Between a client and a real server at `port`.

    `received` counts bytes towards the client. `break_after` and `silent_after`: after that many bytes towards the
    client the line breaks, or stays open and says no more; None: never.
    """

    def __init__(self, port: int) -> None:
        self.received = 0
        self.sent = 0
        self.connections = 0
        self.break_after: int | None = None
        self.silent_after: int | None = None
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> "BadLine":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection now."""
        with self._lock:
            open_now, self._open = self._open, []
        for line in open_now:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                self.connections += 1
                with self._lock:
                    self._open += [client, server]
                threading.Thread(target=self._up, args=(client, server), daemon=True).start()
                threading.Thread(target=self._down, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := client.recv(BLOCK):
                self.sent += len(block)
                server.sendall(block)
        self._end(client, server)

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := server.recv(BLOCK):
                if self.silent_after is not None and self.received + len(block) > self.silent_after:
                    block = block[: max(0, self.silent_after - self.received)]
                if self.break_after is not None and self.received + len(block) > self.break_after:
                    client.sendall(block[: max(0, self.break_after - self.received)])
                    break
                client.sendall(block)
                self.received += len(block)
        self._end(server, client)

    def _end(self, *lines: socket.socket) -> None:
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
