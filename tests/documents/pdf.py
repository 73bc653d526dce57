"""PDF files written out by hand, with Chinese text at exact places: no font is embedded, the codes are Unicode."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
SIZE = 16.0
LEFT, RIGHT, TOP, PITCH = 80.0, 512.0, 740.0, 28.0
"""27 letters of 16 points from edge to edge."""


@dataclass(frozen=True)
class Put:
    """Text at a place of the page, in points from its lower left corner."""

    text: str
    x: float
    y: float
    size: float = SIZE
    bold: bool = False

    def operators(self) -> bytes:
        code = self.text.encode("utf-16-be").hex()
        font = "F2" if self.bold else "F1"
        return f"BT /{font} {self.size} Tf 1 0 0 1 {self.x} {self.y} Tm <{code}> Tj ET\n".encode("ascii")


def flowing(lines: Iterable[str | Put], top: float = TOP) -> list[Put]:
    """Lines one below the other; leading full-width spaces become an indent, as a typesetter makes it."""
    return [
        line if isinstance(line, Put) else _indented(line, top - number * PITCH) for number, line in enumerate(lines)
    ]


def _indented(line: str, y: float) -> Put:
    text = line.lstrip("\u3000")
    return Put(text, LEFT + SIZE * (len(line) - len(text)), y)


def pdf(pages: Sequence[Sequence[Put]], picture: bool = False) -> bytes:
    """A PDF with these pages. `picture`: each page shows a grey square as well, in place of a scan."""
    fonts = [_font(10 + 10 * number, name) for number, name in enumerate(("STSong-Light", "SimHei-Bold"))]
    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for font in fonts:
        objects |= font
    kids = []
    for number, page in enumerate(pages):
        at = 100 + 2 * number
        kids.append(f"{at} 0 R")
        content = b"".join(put.operators() for put in page) + (b"0.5 g 50 50 400 700 re f\n" if picture else b"")
        resources = "<</Font<</F1 10 0 R/F2 20 0 R>>>>"
        objects[at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources{resources}/Contents {at + 1} 0 R>>"
        ).encode("ascii")
        objects[at + 1] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode("ascii")
    return _file(objects)


def _font(at: int, name: str) -> dict[int, bytes]:
    return {
        at: (
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UCS2-H/DescendantFonts[{at + 1} 0 R]>>"
        ).encode(),
        at + 1: (
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/DW 1000/FontDescriptor {at + 2} 0 R"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>"
        ).encode(),
        at + 2: (
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120"
            "/ItalicAngle 0/CapHeight 880/StemV 90>>"
        ).encode(),
    }


def _file(objects: dict[int, bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)
