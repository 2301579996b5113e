"""The room of what nobody sends by mistake: words, numbers, days, ids and files, to be refused or taken as text."""

import io
import zipfile
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, quote_plus

NOBODYS = "00000000-0000-4000-8000-000000000000"
# Sent as bytes: what is no UTF-8 cannot be written otherwise.
WORDS: dict[str, bytes] = {
    "nothing": b"",
    "blanks": " \t\u00a0\u2003\u200b".encode(),
    "very long": b"long " * 12_000,
    "one word without end": b"x" * 60_000,
    "NUL": b"She\x00said",
    "NUL alone": b"\x00",
    "half of a pair": b"She \xed\xa0\x80 said",  # a lone surrogate
    "no UTF-8": b"\xff\xfe\xfa",
    "right to left": "\u202egnp.exe\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627".encode(),
    "heaped marks": ("Z" + "\u0337\u0489" * 200).encode(),
    "family": "\U0001f469\u200d\U0001f469\u200d\U0001f467".encode(),
    "no characters": "\ufffe\uffff\U0010ffff".encode(),
    "control": bytes(range(1, 32)) + b"\x7f\xc2\x85",
    "line ends": b"a\r\nSet-Cookie: owned=1\r\n\r\nb",
    "line separator": "a\u2028b\u2029c".encode(),
    "markup": b"<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "template": b"{{ settings.SECRET_KEY }}{% debug %}${7*7}",
    "statement": b"'; DROP TABLE accounts_user; --",
    "pattern": b"(((((a+)+)+)+)+)$%_\\",
    "percent": b"%s %(name)s %00 %d",
    "braces": b"{0} {actor} {}",
    "path": b"../../../../etc/passwd",
    "address": b"javascript:alert(1)//https://example.org",
    "half an address": b"//[",
    "object": b'{"$ne": null}',
    "list": b"[[[[[[]]]]]]",
    "None": b"None",
}
NUMBERS: dict[str, bytes] = {
    "huge": b"9" * 5_000,
    "beyond bigint": b"9223372036854775808",
    "beyond integer": b"2147483648",
    "beyond smallint": b"32768",
    "negative": b"-1",
    "most negative": b"-9223372036854775809",
    "naught": b"0",
    "minus naught": b"-0",
    "fraction": b"1.5",
    "power": b"1e309",
    "no number": b"NaN",
    "without end": b"-Infinity",
    "superscript": "\u00b2".encode(),
    "Arabic digits": "\u0661\u0662".encode(),
    "wide digits": "\uff11\uff12".encode(),
    "underscored": b"1_000",
    "hexadecimal": b"0x1F",
}
DAYS: dict[str, bytes] = {
    "year naught": b"0000",
    "year one": b"0001-01-01",
    "last day": b"9999-12-31",
    "year of five digits": b"10000-01-01",
    "thirtieth of February": b"30/02/2026",
    "month 13": b"2026-13-01",
    "before all": b"1/1/1",
    "last minute": b"9999-12-31T23:59:60Z",
    "25 o'clock": b"25:61",
    "no hour": b"02:30 29/03/2026",  # when the clocks go forward
}
IDS: dict[str, bytes] = {
    "nobody's": NOBODYS.encode(),
    "half an id": NOBODYS[:20].encode(),
    "nobody's case": b"HF-ZZZZZ",
    "wrong letter": b"HF-\x00\xc3\xa9",
}
EVERY = {**WORDS, **NUMBERS, **DAYS, **IDS}


def body(pairs: list[tuple[str, bytes | str]]) -> bytes:
    """What a browser would send of these, in order, some twice."""
    return "&".join(
        f"{quote_plus(name)}={quote_from_bytes(v) if isinstance(v, bytes) else quote_plus(v)}"
        for name, v in pairs
    ).encode()


def in_parts(pairs: list[tuple[str, bytes | str]], files: list[tuple[str, str, bytes]]) -> bytes:
    """The same with files: `(name, called, content)`."""
    parts = []
    for name, value in pairs:
        head = f'Content-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(head.encode() + (value if isinstance(value, bytes) else value.encode()))
    for name, called, content in files:
        head = (
            f'Content-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode() + content)
    return b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"


PARTS = "multipart/form-data; boundary=edge"


def _archive(*parts: tuple[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return into.getvalue()


def files() -> Iterator[tuple[str, bytes]]:
    """What is sent as a file, by what is wrong with it."""
    swelling = _archive(("word/document.xml", b"\0" * 20_000_000))
    yield "empty", b""
    yield "blank lines", b"\n\r\n  \n"
    yield "byte order mark alone", b"\xef\xbb\xbf"
    yield "UTF-16", "Officer,Course\nolu,pip2\n".encode("utf-16")
    yield "Latin-1", "Officer,Course\nJosé,pip2\n".encode("latin-1")
    yield "NUL in it", b"officer,course,provider,completed,expires\nolu\0,pip2,x,2026-01-01,\n"
    yield "binary", bytes(range(256)) * 64
    yield "headings alone", b"officer,course,provider,completed,expires\n"
    yield "same heading twice", b"officer,officer,course\na,b,c\n"
    yield "quote without end", b'officer,course\n"olu,pip2\n' + b"x,y\n" * 500
    yield "field without end", b"officer,course\n" + b"x" * 300_000
    yield "lone return", b"officer,course\rolu,pip2\r"
    yield "many columns", b"," * 200_000
    yield "many lines", b"officer,course,provider,completed,expires\n" + b"a,b,c,d,e\n" * 5_000
    yield "too large", b"officer,course\n" + b"a,b\n" * 300_000
    yield (
        "formulas",
        b"officer,course,provider,completed,expires\n=cmd|' /C calc'!A0,@SUM(1),+1,-1,\t=1\n",
    )
    yield (
        "days that are none",
        (
            b"officer,course,provider,completed,expires\nolu,pip2,x,99/99/9999,0000-00-00\n"
            b"olu,pip2,x,31/12/9999,01/01/0001\n"
        ),
    )
    yield "archive that swells", swelling
    yield "archive in an archive", _archive(("word/document.xml", swelling))
    yield "archive cut off", swelling[:-30]
    yield (
        "archive with a path",
        _archive(("../../x", b"x"), ("xl/workbook.xml", b"<!ENTITY x 'y'>")),
    )
    yield (
        "entities",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    )
    yield "PDF without end", b"%PDF-1.7\n" + b"1 0 obj\n" * 50
    yield "photograph cut off", b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM\0*\0\0\0\x08\xff\xff"
    yield (
        "picture of no size",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0",
    )
    yield "sound of nothing", b"ID3\x04\0\0\xff\xff\xff\xff"
    yield "film of no length", b"\0\0\0\0ftypisom" + b"\0" * 40
    yield (
        "TIFF that goes round",
        b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0",
    )
    yield "long text", b"She said so. " * 60_000


NAMES = (
    "",
    "..",
    "../../etc/passwd",
    "a" * 3_000,
    "\u202egnp.exe",
    "a\x00.csv",
    "con.csv",
    "a;b=c.csv",
)
