"""Makes the pictures of the README from a real run of the demo: python docs/make_pictures.py [FOLDER OF A DEMO].

Without a folder the demo is played first, into a temporary one. Takes LibreOffice (soffice), poppler (pdftoppm) and
Chromium, and says which of them is missing. Nothing is drawn by hand: the page is the 总表 of the last tracking sheet,
the letter is an answer that asks for something to be mended, and the report is the copy that went back with it.
LibreOffice prints comments into the margin only where it has a window; here their words, and the heights at which they
hang, are taken out of the PDF that it writes without one.
"""

import email
import email.message
import email.policy
import html
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from ctypes import POINTER, cast, create_string_buffer
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from docx import Document as open_document

DOCS = Path(__file__).resolve().parent
LETTER = "2012-09-03 1040 *.eml"
WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
REPORT_SIZE = "1240,640"
REPORT = """<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; position: relative; font: 13px/1.5 "Noto Sans CJK SC", sans-serif; }
img { position: absolute; left: -50px; top: -50px; width: 595pt; }
.note { position: absolute; left: 710px; width: 490px; margin-top: -50px; padding: 6px 10px; white-space: pre-line;
        background: #fdf6e0; border-left: 4px solid #9a6700; }
.note b { color: #9a6700; }
</style><img src="report.png">NOTES
<script>
let low = 0;
for (const note of document.querySelectorAll(".note")) {
  const top = Math.max(note.offsetTop, low);
  note.style.marginTop = 0;
  note.style.top = top + "px";
  low = top + note.offsetHeight + 8;
}
</script>"""
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
        letters = sorted((demo / "letters").glob("*.eml"))
        picture_of_letter(found, read(next(one for one in letters if one.match(LETTER))), work)
        picture_of_report(found, max(copies(map(read, letters)), key=number_of_comments), work)
    for picture in ("sheet.png", "letter.png", "annotated.png"):
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


def read(letter: Path) -> email.message.EmailMessage:
    mail = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, email.message.EmailMessage)
    return mail


def picture_of_letter(tools: dict[str, str], mail: email.message.EmailMessage, work: Path) -> None:
    """The HTML of an answer, on a telephone."""
    body = mail.get_body(("html",))
    if body is None:
        raise SystemExit("the letter has no HTML")
    page = work / "letter.html"
    page.write_text(str(body.get_content()), encoding="utf-8")
    screen(tools, page, PHONE, "letter.png")


def copies(letters: Iterable[email.message.EmailMessage]) -> Iterator[bytes]:
    """The reports with comments that went back."""
    for letter in letters:
        enclosed = (part for part in letter.iter_attachments() if (part.get_filename() or "").endswith("（批注）.docx"))
        yield from (part.get_content() for part in enclosed)


def number_of_comments(report: bytes) -> int:
    return len(list(open_document(io.BytesIO(report)).comments))


def picture_of_report(tools: dict[str, str], report: bytes, work: Path) -> None:
    """The page as LibreOffice prints it, its comments beside it at the height of their words."""
    (work / "report.docx").write_bytes(report)
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    run(
        tools["soffice"],
        "--headless",
        profile,
        "--convert-to",
        WITH_NOTES,
        "--outdir",
        str(work),
        f"{work}/report.docx",
    )
    page = ["-f", "1", "-l", "1", "-r", "96", "-singlefile", "-png", "-hide-annotations"]
    run(tools["pdftoppm"], *page, str(work / "report.pdf"), str(work / "report"))
    notes = (
        f'<div class="note" style="top:{height:.0f}pt"><b>{html.escape(who)}</b><br>{html.escape(words)}</div>'
        for height, who, words in comments(work / "report.pdf")
    )
    (work / "report.html").write_text(REPORT.replace("NOTES", "".join(notes)), encoding="utf-8")
    screen(tools, work / "report.html", REPORT_SIZE, "annotated.png")


def comments(path: Path) -> list[tuple[float, str, str]]:
    """(points from the top of the first page, author, words) of every comment in the PDF, from the top down."""
    page, found = pypdfium2.PdfDocument(path)[0], []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_TEXT:
            place = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(note, place)
            author = string_of(note, b"T").partition(",")[0]
            found.append((page.get_height() - place.top, author, string_of(note, b"Contents")))
    return sorted(found)


def string_of(note: object, key: bytes) -> str:
    """UTF-16 with a zero at the end; pdfium says first how long it is."""
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    words = create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(note, key, cast(words, POINTER(pdfium.FPDF_WCHAR)), size)
    return words.raw[: size - 2].decode("utf-16-le")


def screen(tools: dict[str, str], page: Path, size: str, name: str) -> None:
    window = (f"--window-size={size}", f"--user-data-dir={page.parent / 'chromium'}")
    run(tools["chromium"], *QUIET, *window, f"--screenshot={DOCS / name}", page.as_uri())


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our words


if __name__ == "__main__":
    sys.exit(main())
