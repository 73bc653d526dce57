"""What starting a server for a test takes: is it installed, which port is free, is it up; a certificate."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

INSTALL = "apt-get install dovecot-imapd dovecot-lmtpd postfix libarchive-tools unar libreoffice-writer-nogui"


def missing(*programs: str) -> str | None:
    """The first of these programs that is not installed."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return next((program for program in programs if shutil.which(program, path=path) is None), None)


def require(*programs: str) -> None:
    """Skip the test where a server is absent; fail instead when MAILBOT_TEST_STRICT is set (as in CI)."""
    if absent := missing(*programs):
        absence(f"{absent} is not installed: {INSTALL}")


def absence(why: str) -> None:
    if os.environ.get("MAILBOT_TEST_STRICT", "0") not in ("", "0"):
        pytest.fail(why)
    pytest.skip(why)


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on at this moment, all different."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Until somebody greets there. TimeoutError when nobody does, ChildProcessError when the process has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise ChildProcessError(f"ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            if connection.recv(1):
                return
        time.sleep(0.01)
    raise TimeoutError(f"nobody listens on port {port}")


def make_certificate(directory: Path) -> tuple[Path, Path]:
    """A self-signed certificate for localhost and 127.0.0.1, and its key; it is its own authority (`ca_file`)."""
    certificate, key = directory / "cert.pem", directory / "key.pem"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key
