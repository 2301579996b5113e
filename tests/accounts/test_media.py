"""What a file is: by what is in it and by nothing else, and what is turned away."""

import io
import random
import struct
import wave
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from accounts.media import (
    MOST_UNPACKED,
    PHOTOGRAPHS,
    Medium,
    NotTaken,
    judge,
    plain_name,
    without_place,
)
from tests.accounts.samples import document, film, pdf, photograph, png_of

M = Medium


def kind(content: bytes) -> Medium:
    return judge(io.BytesIO(content)).medium


def turned_away(content: bytes) -> str:
    with pytest.raises(NotTaken) as refused:
        judge(io.BytesIO(content))
    return refused.value.sentence


def recording() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0" * 800)
    return file.getvalue()


SOUND = b"\xff\xfb\x90\x64" + b"\0" * 500
TAKEN = {
    "jpeg": (photograph("JPEG"), M.JPEG),
    "png": (photograph("PNG"), M.PNG),
    "webp": (photograph("WEBP"), M.WEBP),
    "tiff": (photograph("TIFF"), M.TIFF),
    "heic": (film(b"heic", b"\0" * 400), M.HEIC),
    "pdf": (pdf(), M.PDF),
    "docx": (document(), M.DOCX),
    "xlsx": (document(of={"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}), M.XLSX),
    "wav": (recording(), M.WAV),
    "mp3": (SOUND, M.MP3),
    "mp3-with-titles": (b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10 + SOUND, M.MP3),
    "m4a": (film(b"M4A ", b"\0" * 400), M.M4A),
    "mp4": (film(b"mp42", b"\0" * 400), M.MP4),
    "mov": (film(b"qt  ", b"\0" * 400), M.MOV),
    "text": ("Dywedodd hi: £5 – “dim”.\r\n".encode(), M.TEXT),
    "text-of-windows": ("\ufeffShe said so.\r\n".encode(), M.TEXT),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_known_by_what_is_in_it(name: str) -> None:
    content, medium = TAKEN[name]
    assert kind(content) is medium


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + b"\0" * 400,
        b"\x7fELF\x02\x01\x01" + b"\0" * 400,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"GIF89a" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b"Rar!\x1a\x07\x01\0" + b"\0" * 50,
        b"\x1f\x8b\x08" + b"\0" * 50,
        film(b"avif", b"\0" * 100),
        film(b"3gp4", b"\0" * 100),
        b"words\0and more words",
        b"caf\xe9 in an old alphabet",
        b"\x1b[31mred letters of a terminal",
    ],
)
def test_programs_archives_and_what_nobody_knows_are_turned_away_with_what_is_taken(
    content: bytes,
) -> None:
    sentence = turned_away(content)
    assert "cannot take this kind of file" in sentence
    assert all(word in sentence for word in ("JPEG", "PDF", "Word", "MP4"))


def test_an_archive_of_anything_else_is_no_document() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("run.exe", b"MZ")
    assert "cannot take this kind of file" in turned_away(file.getvalue())


def test_an_empty_file_is_turned_away_and_says_so() -> None:
    assert turned_away(b"") == "The file is empty. Choose another."


@pytest.mark.parametrize("carrier", [photograph("JPEG"), photograph("PNG"), pdf(), b"words\n"])
def test_what_is_an_archive_as_well_is_turned_away(carrier: bytes) -> None:
    sentence = turned_away(carrier + document(packed=False))
    assert "two kinds of file in one" in sentence or "cannot take" in sentence


def test_a_photograph_that_is_a_pdf_as_well_is_turned_away() -> None:
    picture = photograph("JPEG")
    comment = b"\xff\xfe" + struct.pack(">H", 60) + b"%PDF-1.4 1 0 obj".ljust(58)
    assert "two kinds of file in one" in turned_away(picture[:2] + comment + picture[2:])


def test_a_page_or_a_program_written_in_words_is_plain_text_to_everybody() -> None:
    for words in (b"<html><script>alert(1)</script>", b"#!/bin/sh\nrm -rf /\n", b"<svg onload=x>"):
        assert kind(words) is M.TEXT


class TestBombs:
    """What is small and claims to be large costs nothing to turn away."""

    def test_a_photograph_of_too_many_pixels(self) -> None:
        for side in (8_001, 20_000, 30_001, 200_000, 2**31 - 1):
            assert "too many pixels: 64 million at most" in turned_away(png_of(side, side))

    def test_a_photograph_that_is_one_endless_line(self) -> None:
        assert "too many pixels" in turned_away(png_of(40_000, 10))

    def test_a_large_photograph_of_a_phone_is_taken(self) -> None:
        assert kind(png_of(8_160, 6_120)) is M.PNG

    def test_a_document_that_swells(self) -> None:
        swollen = document({"word/media/a.xml": b"\0" * 30_000_000})
        assert len(swollen) < 60_000
        assert "becomes too large" in turned_away(swollen)

    def test_a_document_that_claims_more_than_a_document_has(self) -> None:
        content = bytearray(document(packed=False))
        at = content.index(b"PK\x01\x02")
        content[at + 24 : at + 28] = struct.pack("<I", MOST_UNPACKED + 1)
        assert "becomes too large" in turned_away(bytes(content))

    def test_a_list_of_a_million_parts_is_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        content = bytearray(document())
        at = content.rindex(b"PK\x05\x06")
        content[at + 12 : at + 16] = struct.pack("<I", 600 * 1024)

        def reads(*_: object) -> None:
            raise AssertionError("the list was read")

        monkeypatch.setattr("accounts.media.zipfile.ZipFile", reads)
        assert "cannot take this kind of file" in turned_away(bytes(content))

    def test_a_list_that_stands_elsewhere_is_not_read(self) -> None:
        content = document()
        at = content.rindex(b"PK\x05\x06")
        away = content[:at] + b"PK\x06\x07" + b"\0" * 16 + content[at:]
        assert "cannot take this kind of file" in turned_away(away)


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/x.JS", "a.exe"])
def test_a_document_with_a_program_is_turned_away(name: str) -> None:
    assert "program (macro)" in turned_away(document({name: b"x"}))


def test_a_document_with_a_password_is_turned_away() -> None:
    content = bytearray(document())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "has a password" in turned_away(bytes(content))


def test_a_pdf_without_its_end_is_turned_away() -> None:
    assert "it has no end" in turned_away(pdf()[:-8])


class TestWhereItWasMade:
    """Phones write it into what they take; whoever gets the file can read it."""

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
    def test_a_photograph_says_so_or_does_not(self, form: str) -> None:
        assert judge(io.BytesIO(photograph(form, gps=True))).gps is True
        assert judge(io.BytesIO(photograph(form))).gps is False

    def test_a_version_without_a_place_is_no_place(self) -> None:
        picture, file, exif = Image.new("L", (9, 9)), io.BytesIO(), Image.Exif()
        exif[0x8825] = {0: b"\2\3\0\0"}
        picture.save(file, "JPEG", exif=exif)
        assert judge(file).gps is False

    def test_of_a_new_phones_photograph_its_block_is_read_where_it_has_one(self) -> None:
        exif = Image.Exif()
        exif[0x8825] = {1: "N", 2: (54.0, 58.0, 12.0)}
        with_place = film(b"heic", b"\0" * 300 + exif.tobytes() + b"\0" * 300)
        assert judge(io.BytesIO(with_place)).gps is True
        assert judge(io.BytesIO(film(b"heic", b"\0" * 300))).gps is None

    @pytest.mark.parametrize(
        "words", [b"com.apple.quicktime.location.ISO6709", b"\xa9xyz\0\x12+54.97-001.61/"]
    )
    def test_of_a_film_what_phones_write(self, words: bytes) -> None:
        assert judge(io.BytesIO(film(b"qt  ", b"\0" * 2_000_000 + words))).gps is True
        assert judge(io.BytesIO(film(b"qt  ", b"\0" * 2_000_000))).gps is None

    def test_it_is_found_across_two_readings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("accounts.media.WINDOW", 7)
        for before in range(20):
            content = film(b"isom", b"." * before + b"location.ISO6709" + b"." * 9)
            assert judge(io.BytesIO(content)).gps is True

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
    def test_a_copy_without_it_shows_the_same_and_says_nothing(self, form: str) -> None:
        content = photograph(form, gps=True, size=(64, 48))
        bare, medium = without_place(io.BytesIO(content))
        assert medium.name == form
        assert b"Xanderquine" in content
        assert b"Xanderquine" not in bare
        with Image.open(io.BytesIO(bare)) as picture:
            assert picture.size == (64, 48)
            assert set(picture.getexif()) & {0x8825, 0x010F} == set()
            red, green, blue = picture.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert (abs(red - 90), abs(green - 120), abs(blue - 60)) < (6, 6, 6)
        assert judge(io.BytesIO(bare)).gps is False

    @pytest.mark.parametrize("turned", [1, 2, 3, 4, 5, 6, 7, 8])
    def test_a_copy_stands_as_the_camera_was_held(self, turned: int) -> None:
        picture, file, exif = Image.new("RGB", (64, 32)), io.BytesIO(), Image.Exif()
        picture.paste((255, 255, 255), (0, 0, 16, 16))
        exif[0x0112] = turned
        picture.save(file, "PNG", exif=exif)
        bare, _medium = without_place(file)
        lies = turned < 5
        corner = {1: (3, 3), 2: (60, 3), 3: (60, 28), 4: (3, 28)}
        corner |= {5: (3, 3), 6: (28, 3), 7: (28, 60), 8: (3, 60)}
        with Image.open(io.BytesIO(bare)) as copy:
            assert copy.size == ((64, 32) if lies else (32, 64))
            assert copy.getpixel(corner[turned]) == (255, 255, 255)

    def test_what_cannot_be_drawn_says_so(self) -> None:
        for content in (photograph("JPEG")[:-200], film(b"heic", b"\0" * 300), pdf()):
            with pytest.raises(NotTaken):
                without_place(io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\pc\\Desktop\\IMG_1.JPG", "IMG_1.JPG"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("a\0b\r\nSet-Cookie: x.pdf", "a b Set-Cookie: x.pdf"),
        ("\u200b\u2066 \u2069", ""),
        ("بيان-السيدة.pdf", "بيان-السيدة.pdf"),
        ("Datganiad Siân.docx", "Datganiad Siân.docx"),
        ("e\u0301.pdf", "é.pdf"),
        ("x" * 300 + ".jpeg", "x" * 114 + "….jpeg"),
        ("y" * 300, "y" * 119 + "…"),
        ("", ""),
    ],
)
def test_a_name_is_shown_as_one_plain_line(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    assert len(plain_name(name)) <= 120


SEEDS = [content for content, _medium in TAKEN.values()]


@settings(max_examples=400)
@given(st.randoms(use_true_random=False), st.sampled_from(SEEDS))
def test_no_damage_makes_the_judge_do_anything_but_take_it_or_say_why(
    chance: random.Random, seed: bytes
) -> None:
    content = bytearray(seed)
    for _each in range(chance.randint(1, 12)):
        where = chance.randrange(len(content) or 1)
        how = chance.randrange(4)
        if how == 0:
            content[where : where + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del content[where : where + chance.randint(1, 40)]
        elif how == 2:
            content[where:where] = chance.randbytes(chance.randint(1, 40))
        else:
            other = chance.choice(SEEDS)
            content[where:where] = other[: chance.randint(1, len(other))]
    # Whatever else it raised would fail here.
    with suppress(NotTaken):
        if judge(io.BytesIO(bytes(content))).medium in PHOTOGRAPHS:
            without_place(io.BytesIO(bytes(content)))
