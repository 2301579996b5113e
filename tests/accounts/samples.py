"""Files as officers bring them, and as somebody who means harm would make them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}


def photograph(form: str = "JPEG", *, gps: bool = False, size: tuple[int, int] = (40, 30)) -> bytes:
    """A photograph, which says where it was taken or does not."""
    picture, file = Image.new("RGB", size, (90, 120, 60)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Xanderquine"
    if gps:
        exif[0x8825] = {1: "N", 2: (54.0, 58.0, 12.0), 3: "W", 4: (1.0, 36.0, 48.0)}
    picture.save(file, form, exif=exif.tobytes())
    return file.getvalue()


def document(
    parts: dict[str, Any] | None = None, *, of: dict[str, str] = WORD, packed: bool = True
) -> bytes:
    """A document of Word (or `of` what it is made of), with these parts in it."""
    file = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, words in {**of, **(parts or {})}.items():
            archive.writestr(name, words)
    return file.getvalue()


def pdf(words: str = "Statement") -> bytes:
    """As much of a PDF as says that it is one."""
    return f"%PDF-1.7\n1 0 obj <</T ({words})>> endobj\ntrailer <<>>\n%%EOF\n".encode()


def film(brand: bytes = b"isom", rest: bytes = b"") -> bytes:
    """The beginning of a film, or of a photograph or recording of the same family."""
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\2\0" + brand + b"mp41" + rest


def png_of(width: int, height: int) -> bytes:
    """A few bytes that claim so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
