"""Everything a developer needs, with nothing but Python 3.11+: python3 dev.py demo | test | lint | types."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"
FAST = "not server and not slow"
REQUIREMENTS = ROOT / "requirements.txt"


def fingerprint() -> str:
    """Changes when the pinned packages or the interpreter do."""
    return hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()


def install() -> None:
    """Makes .venv with the pinned packages; a second call finds the stamp and does nothing."""
    if STAMP.exists() and STAMP.read_text() == fingerprint():
        return
    print("Setting up .venv …", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=False, symlinks=os.name != "nt")
    subprocess.run(installer(), check=True)
    # A path file instead of an installation of ourselves: nothing to build, and edits count at once.
    find = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(find, check=True, capture_output=True, text=True).stdout.strip()
    Path(packages, "zuzhib-mailbot.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    STAMP.write_text(fingerprint())


def installer() -> list[str]:
    """uv where it is at hand; else this Python's pip, aimed at .venv (PEP 668 allows it); else a pip of .venv's own."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "sync", "--quiet", "--python", str(PYTHON), str(REQUIREMENTS)]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    else:
        subprocess.run([PYTHON, "-m", "ensurepip", "--default-pip"], check=True, stdout=subprocess.DEVNULL)
        pip = [str(PYTHON), "-m", "pip"]
    return [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(REQUIREMENTS)]


def run(*command: str, **environment: str) -> int:
    return subprocess.run([PYTHON, *command], cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def demo(rest: list[str]) -> int:
    return run("-m", "mailbot", "demo", *rest)


def test(rest: list[str]) -> int:
    """The whole suite: what is fast on all cores, then servers and long matrices one by one. --fast stops before those;
    --strict makes an absent server fail; anything else goes to one pytest."""
    strict = {"MAILBOT_TEST_STRICT": "1"} if "--strict" in rest else {}
    others = [word for word in rest if word not in ("--strict", "--fast")]
    if others:
        return run("-m", "pytest", *others, **strict)
    failed = run("-m", "pytest", "-m", FAST, "-n", "auto", "--dist", "loadfile", **strict)
    return failed if "--fast" in rest else run("-m", "pytest", "-m", f"not ({FAST})", **strict) or failed


def lint(rest: list[str]) -> int:
    return run("-m", "ruff", "check", ".", *rest) or run("-m", "ruff", "format", "--check", ".")


def types(rest: list[str]) -> int:
    return run("-m", "mypy", *rest)


COMMANDS = {"demo": demo, "test": test, "lint": lint, "types": types}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    arguments, rest = parser.parse_known_args()
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sysconfig.get_python_version()}.")
    install()
    return COMMANDS[arguments.command](rest)


if __name__ == "__main__":
    sys.exit(main())
