"""The room of what a file is: judged by what is in it, never by its name, against the list of what is taken."""

import io
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from PIL import Image

HEAD, TAIL = 4096, 1024  # bytes at the beginning and the end of a file that say what it is
MOST_PIXELS = 64_000_000  # of a photograph; a phone's largest have 50 million
MOST_SIDE = 30_000
MOST_UNPACKED = 400 * 1024 * 1024  # bytes of a document's parts
MOST_SWELLING = 200  # how many times larger unpacked than packed
MOST_LIST = 512 * 1024  # bytes of the list of its parts
SHORTEST_END, LONGEST_END = 22, 22 + 65_535  # bytes of the record that ends an archive
PROGRAMS = (".bin", ".exe", ".dll", ".js", ".vbs", ".scr", ".com", ".bat", ".ps1", ".jar")
NAME_LENGTH = 120


class NotTaken(Exception):
    """A file that is not taken; the sentence says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Medium(Enum):
    """What is taken: as a browser is told, how a name of it ends, and what people call it."""

    JPEG = ("image/jpeg", "jpg", "JPEG")
    PNG = ("image/png", "png", "PNG")
    WEBP = ("image/webp", "webp", "WebP")
    TIFF = ("image/tiff", "tif", "TIFF")
    HEIC = ("image/heic", "heic", "HEIC")
    PDF = ("application/pdf", "pdf", "PDF")
    DOCX = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        "Word",
    )
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel")
    WAV = ("audio/wav", "wav", "WAV")
    MP3 = ("audio/mpeg", "mp3", "MP3")
    M4A = ("audio/mp4", "m4a", "M4A")
    MP4 = ("video/mp4", "mp4", "MP4")
    MOV = ("video/quicktime", "mov", "MOV")
    TEXT = ("text/plain; charset=utf-8", "txt", "TXT")

    def __init__(self, content_type: str, suffix: str, words: str) -> None:
        self.content_type, self.suffix, self.words = content_type, suffix, words


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file is; `gps` is whether it says where it was made, None where that cannot be read."""

    medium: Medium
    gps: bool | None


M = Medium
PHOTOGRAPHS = {M.JPEG: "JPEG", M.PNG: "PNG", M.WEBP: "WEBP", M.TIFF: "TIFF"}  # as Pillow calls them
SIGNATURES = {
    b"\xff\xd8\xff": M.JPEG,
    b"\x89PNG\r\n\x1a\n": M.PNG,
    b"II*\0": M.TIFF,
    b"MM\0*": M.TIFF,
    b"%PDF-": M.PDF,
    b"ID3": M.MP3,
    **{bytes((0xFF, second)): M.MP3 for second in (0xFB, 0xFA, 0xF3, 0xF2)},
}
# ISO 14496-12: the brand behind "ftyp" says which of a family it is. Of others (`avif`, `3gp4`) none is taken.
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1"), M.HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M.M4A),
    b"qt  ": M.MOV,
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "), M.MP4
    ),
}
MAIN_PARTS = {M.DOCX: "word/document.xml", M.XLSX: "xl/workbook.xml"}
GPS_IFD, GPS_VERSION = 0x8825, 0  # EXIF 2.3, table 15; a version alone is no place
EXIF_BLOCKS = {M.HEIC: b"Exif\0\0", M.PNG: b"eXIf"}
MOST_EXIF = 128 * 1024
# How XMP, and the makers of phones in a film, say where: enough that the words are there.
WRITTEN_PLACES = (b"GPSLatitude", b"location.ISO6709", b"\xa9xyz")
WINDOW = 1024 * 1024


def judge(file: BinaryIO) -> Judged:
    """What the file is, or `NotTaken` with why it is not taken. Nothing of it is unpacked or drawn."""
    head, tail = _ends(file)
    if not head:
        raise NotTaken(_("The file is empty. Choose another."))
    medium = _by_signature(file, head)
    if medium is None:
        raise NotTaken(
            _("Holdfast cannot take this kind of file. It takes %s.") % ", ".join(words())
        )
    _is_one_thing_only(medium, file, head)
    try:
        LOOKS.get(medium, _nothing_more)(file, tail)
        return Judged(medium, _says_where(medium, file))
    except NotTaken:
        raise
    except Exception as wrong:  # what is damaged makes those who read it raise nearly anything
        raise NotTaken(_("The file is damaged and cannot be read. Choose another copy.")) from wrong


def words() -> list[str]:
    """What is taken, as people call it."""
    return [medium.words for medium in Medium]


def plain_name(name: str) -> str:
    """A file's name as it can be shown: one line, nothing hidden in it, nothing that turns its letters round."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        letter if unicodedata.category(letter)[0] != "C" else " "
        for letter in unicodedata.normalize("NFC", last)
    )
    plain = " ".join(seen.split())
    if len(plain) <= NAME_LENGTH:
        return plain
    stem, dot, ending = plain.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return f"{plain[: NAME_LENGTH - len(kept) - 1]}…{kept}"


def without_place(file: BinaryIO) -> tuple[bytes, Medium]:
    """A photograph drawn anew, upright, with its pixels alone: nothing says where, when or by whom it was made.

    `NotTaken` where it cannot be drawn. Its pixels are held in memory: `MOST_PIXELS` of them at most.
    """
    medium = judge(file).medium
    if medium not in PHOTOGRAPHS:
        raise NotTaken(_("No copy without the place can be made of this kind of file."))
    file.seek(0)
    fresh = io.BytesIO()
    try:
        with Image.open(file, formats=[PHOTOGRAPHS[medium]]) as picture:
            drawn = _upright(picture)
            drawn.info = {}
            drawn.save(fresh, PHOTOGRAPHS[medium], **({"quality": 95} if medium is M.JPEG else {}))
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as wrong:
        raise NotTaken(
            _("The photograph cannot be read to its end, so no copy can be made.")
        ) from wrong
    return fresh.getvalue(), medium


def _upright(picture: Any) -> Image.Image:
    """The pixels, turned as the camera was held: what says so is left behind."""
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(picture.getexif().get(0x0112))
    picture.load()
    bare: Image.Image = picture.transpose(turned) if turned is not None else picture.copy()
    return bare if picture.mode in {"L", "RGB", "RGBA", "P", "1"} else bare.convert("RGB")


def _ends(file: BinaryIO) -> tuple[bytes, bytes]:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return file.read(HEAD), tail


def _by_signature(file: BinaryIO, head: bytes) -> Medium | None:
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12])
    if head[:4] == b"RIFF":
        return {b"WEBP": M.WEBP, b"WAVE": M.WAV}.get(head[8:12])
    if head[:2] == b"PK":
        names = {part.filename for part in _parts(file) or ()}
        return next((medium for medium, part in MAIN_PARTS.items() if part in names), None)
    begins = (medium for sign, medium in SIGNATURES.items() if head.startswith(sign))
    return next(begins, M.TEXT if _is_text(file) else None)


def _is_text(file: BinaryIO) -> bool:
    """Whether every byte is text of UTF-8 that a person could have written."""
    file.seek(0)
    reader = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        while text := reader.read(HEAD):
            if any(unicodedata.category(each) == "Cc" and each not in "\t\r\n" for each in text):
                return False
    except UnicodeDecodeError:
        return False
    finally:
        reader.detach()
    return True


def _is_one_thing_only(medium: Medium, file: BinaryIO, head: bytes) -> None:
    """What is two kinds of file at once is one to us and the other to whoever opens it."""
    file.seek(0)
    is_archive = medium not in MAIN_PARTS and zipfile.is_zipfile(file)
    if is_archive or (medium is not M.PDF and b"%PDF-" in head[:TAIL]):
        raise NotTaken(
            _("The file is two kinds of file in one. Save it again as one, and add that.")
        )


def _parts(file: BinaryIO) -> list[zipfile.ZipInfo] | None:
    """What an archive says is in it; None when it is none, or its list is longer than a document's."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - LONGEST_END))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    # A list of a million parts, or one that points elsewhere (zip64), is not read at all.
    if at < 0 or b"PK\x06\x07" in end or len(end) < at + SHORTEST_END:
        return None
    length = int.from_bytes(end[at + 12 : at + 16], "little")
    if length > MOST_LIST:
        return None
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return None


def _nothing_more(file: BinaryIO, tail: bytes) -> None:
    """Its beginning says all that can be said without playing it."""


def _sound(file: BinaryIO, tail: bytes) -> None:
    """Behind its titles the first frame begins [ISO 11172-3, ID3v2]."""
    file.seek(0)
    head = file.read(10)
    size = 10 + sum(each << shift for each, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    file.seek(size if head[:3] == b"ID3" else 0)
    frame = file.read(4)
    if frame[0] != 0xFF or frame[1] & 0xE6 != 0xE2 or frame[2] >> 4 in {0, 15}:
        raise NotTaken(_("The recording is damaged. Choose another copy of it."))


def _photograph(file: BinaryIO, tail: bytes) -> None:
    """Its header can be read, and it is no larger than can be drawn."""
    too_large = NotTaken(
        _("The photograph has too many pixels: %d million at most.") % (MOST_PIXELS // 1_000_000)
    )
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our bound is lower
            with Image.open(file, formats=list(PHOTOGRAPHS.values())) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as bomb:
        raise too_large from bomb
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise too_large


def _pdf(file: BinaryIO, tail: bytes) -> None:
    if b"%%EOF" not in tail:
        raise NotTaken(_("The PDF is damaged: it has no end. Choose another copy of it."))


def _document(file: BinaryIO, tail: bytes) -> None:
    """Its parts can be read, none is a program, and it does not swell when it is opened."""
    parts = _parts(file) or []
    unpacked, packed = (
        sum(part.file_size for part in parts),
        sum(part.compress_size for part in parts),
    )
    swells = unpacked > HEAD * MOST_SWELLING and unpacked > packed * MOST_SWELLING
    if unpacked > MOST_UNPACKED or swells:
        raise NotTaken(_("The document becomes too large when it is opened. Save it as PDF."))
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken(_("The document has a password. Take the password off, and add it again."))
    if any(part.filename.lower().endswith(PROGRAMS) for part in parts):
        raise NotTaken(_("The document has a program (macro) in it. Save it as PDF."))


LOOKS: dict[Medium, Callable[[BinaryIO, bytes], None]] = {
    **dict.fromkeys(PHOTOGRAPHS, _photograph),
    **dict.fromkeys(MAIN_PARTS, _document),
    M.PDF: _pdf,
    M.MP3: _sound,
}


def _says_where(medium: Medium, file: BinaryIO) -> bool | None:
    """Whether a photograph or film says where it was made; None where it may, and we cannot read it."""
    if medium not in {*PHOTOGRAPHS, M.HEIC, M.MP4, M.MOV}:
        return False
    if any(_find(file, sign) is not None for sign in WRITTEN_PLACES):
        return True
    if medium in {M.MP4, M.MOV}:
        return None
    if medium in EXIF_BLOCKS:
        at = _find(file, EXIF_BLOCKS[medium])
        if at is None:
            return None if medium is M.HEIC else False
        file.seek(at + len(EXIF_BLOCKS[medium]))
        exif = Image.Exif()
        exif.load(b"Exif\0\0" + file.read(MOST_EXIF))
    else:
        file.seek(0)
        with Image.open(file, formats=[PHOTOGRAPHS[medium]]) as picture:
            exif = picture.getexif()
    return any(tag != GPS_VERSION for tag in exif.get_ifd(GPS_IFD))


def _find(file: BinaryIO, words: bytes) -> int | None:
    """Where the words stand first; the file is never held whole."""
    file.seek(0)
    begins, kept = 0, b""
    while read := file.read(WINDOW):
        window = kept + read
        if (at := window.find(words)) >= 0:
            return begins + at
        kept = window[-(len(words) - 1) :]
        begins += len(window) - len(kept)
    return None
