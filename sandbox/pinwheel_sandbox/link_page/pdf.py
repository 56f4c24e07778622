"""A PDF of one page with headings and lines, written by hand: a library for that would be a dependency for one form."""

from collections.abc import Sequence

_LEFT, _RIGHT, _TOP, _STEP = 72, 540, 720, 20

Section = tuple[str, Sequence[tuple[str, str]]]


def write(title: str, sections: Sequence[Section], *, footer: str) -> bytes:
    """The file."""
    drawn = [_text(_LEFT, _TOP, 22, title, bold=True)]
    y = _TOP - 40
    for heading, lines in sections:
        if heading:
            drawn.append(_text(_LEFT, y, 13, heading, bold=True))
            drawn.append(f"0.8 G 0.5 w {_LEFT} {y - 7} m {_RIGHT} {y - 7} l S")
            y -= _STEP + 6
        for label, value in lines:
            drawn.append(_text(_LEFT, y, 10, label, grey=0.45))
            drawn.append(_text(_LEFT + 130, y, 11, value))
            y -= _STEP
        y -= _STEP
    drawn.append(_text(_LEFT, 48, 8, footer, grey=0.45))
    return _file("\n".join(drawn).encode("cp1252", "replace"))


def _text(x: int, y: int, size: int, text: str, *, bold: bool = False, grey: float = 0) -> str:
    # In a PDF text, these three characters have a meaning; line ends and the like have no place on a line.
    safe = "".join(character if character.isprintable() else " " for character in text)
    for special in ("\\", "(", ")"):
        safe = safe.replace(special, "\\" + special)
    return f"BT {grey} g /{'B' if bold else 'R'} {size} Tf {x} {y} Td ({safe}) Tj ET"


def _file(page: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), list[int]()
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
