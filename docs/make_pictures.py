"""Makes the pictures of the README from a real run of the demo: python docs/make_pictures.py [FOLDER OF A DEMO].

Without a folder the demo is played first, into a temporary one. Takes LibreOffice (soffice), poppler (pdftoppm) and
Chromium, and says which of them is missing. Nothing is drawn by hand: the page is the 总表 of the last tracking sheet,
the letter is an answer that asks for something to be mended.
"""

import email
import email.policy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
LETTER = "2012-09-03 1040 *.eml"
PHONE = "390,700"  # points, as wide as a telephone
PAGE = {"-r": "140", "-x": "46", "-y": "56", "-W": "1550", "-H": "720"}  # A4 landscape without its empty margins
TOOLS = {
    "soffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
}
PACKAGES = {"soffice": "libreoffice-calc", "pdftoppm": "poppler-utils", "chromium": "chromium"}
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--hide-scrollbars",
)  # fmt: skip


def main() -> int:
    found = {tool: next(filter(None, map(shutil.which, names)), "") for tool, names in TOOLS.items()}
    missing = [tool for tool, path in found.items() if not path]
    if missing:
        packages = " ".join(PACKAGES[tool] for tool in missing)
        print(f"missing: {', '.join(missing)} (Debian: apt-get install {packages} fonts-noto-cjk)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        demo = Path(sys.argv[1]) if len(sys.argv) > 1 else play(work / "demo")
        picture_of_sheet(found, sorted((demo / "var" / "台账").glob("*.xlsx"))[-1], work)
        picture_of_letter(found, next((demo / "letters").glob(LETTER)), work)
    for picture in ("sheet.png", "letter.png"):
        print(f"{DOCS / picture}: {(DOCS / picture).stat().st_size // 1000} kB")
    return 0


def play(folder: Path) -> Path:
    run(sys.executable, "-m", "mailbot", "demo", "--dir", str(folder))
    return folder


def picture_of_sheet(tools: dict[str, str], sheet: Path, work: Path) -> None:
    """The first page of the workbook, as LibreOffice prints it."""
    copy = shutil.copy(sheet, work / "sheet.xlsx")
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    run(tools["soffice"], "--headless", profile, "--convert-to", "pdf", "--outdir", str(work), str(copy))
    crop = [word for pair in PAGE.items() for word in pair]
    page = ["-f", "1", "-l", "1", "-singlefile", "-png", *crop]
    run(tools["pdftoppm"], *page, str(work / "sheet.pdf"), str(DOCS / "sheet"))


def picture_of_letter(tools: dict[str, str], letter: Path, work: Path) -> None:
    """The HTML of an answer, on a telephone."""
    mail = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)
    body = mail.get_body(("html",))
    if body is None:
        raise SystemExit(f"{letter}: has no HTML")
    page = work / "letter.html"
    page.write_text(str(body.get_content()), encoding="utf-8")
    screen = (f"--window-size={PHONE}", f"--user-data-dir={work / 'chromium'}")
    run(tools["chromium"], *QUIET, *screen, f"--screenshot={DOCS / 'letter.png'}", page.as_uri())


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our words


if __name__ == "__main__":
    sys.exit(main())
