"""An officer adds a photograph on a phone, waits for the scanner, and takes it away without the place in it."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from accounts.clamd import TEST_STRING
from tests.accounts.samples import photograph
from tests.journeys.conftest import PHONE, Browse, sign_in, with_and_without_scripts
from tests.journeys.looking import sticks_out, wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import press

OWN = "c.status = 'allocated' AND u.username = 'olu'"


def add(page: Page, name: str, content: bytes, words: str) -> None:
    given: FilePayload = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.get_by_label("Choose a file").set_input_files(given)
    page.get_by_label("Photograph", exact=True).check()
    page.get_by_label("What does it show or say?").fill(words)
    press(page, "Add the file")


def good(page: Page, *, scripts: bool) -> None:
    assert sticks_out(page) == []
    if scripts:
        assert wrong_with(page) == []


@with_and_without_scripts
def test_a_photograph_is_added_checked_and_taken_away_without_its_place(
    browse: Browse, site: Site, tmp_path: Path, *, scripts: bool
) -> None:
    reference = site.take_case(OWN)
    page = browse(scripts=scripts, width=PHONE)
    sign_in(page, "olu")  # who just did so is not asked again before a file leaves
    page.goto(f"/case/{reference}")
    page.get_by_role("link", name="Files").click()
    expect(page.locator("main")).to_contain_text("No file has been added yet")

    add(page, "run.exe", b"MZ\x90\0" + b"\0" * 100, "Her room, from the door")
    expect(page.locator("main .govuk-error-summary")).to_contain_text(
        "cannot take this kind of file"
    )
    expect(page.get_by_label("What does it show or say?")).to_have_value("Her room, from the door")
    good(page, scripts=scripts)

    add(page, "IMG_0001.JPG", photograph(gps=True, size=(640, 480)), "Her room, from the door")
    expect(page.locator("main")).to_contain_text("Waiting for the virus scanner")
    page.get_by_role("link", name="Photograph: Her room, from the door").click()
    expect(page.locator("main")).to_contain_text("waits for the virus scanner")
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    good(page, scripts=scripts)

    site.manage("followups", "--once")
    page.reload()
    expect(page.locator("main")).to_contain_text("says where it was made")
    expect(page.locator("main")).to_contain_text("knows the EICAR test string and nothing else")
    assert "Her room" not in page.title()
    good(page, scripts=scripts)

    page.get_by_role("button", name="Download a copy without the place").click()
    copy = taken(page, tmp_path / "copy.jpg")
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.size == (640, 480)
        assert not picture.getexif()

    page.get_by_role("link", name="Download the original, with the place").click()
    assert taken(page, tmp_path / "original.jpg") == photograph(gps=True, size=(640, 480))
    assert (
        site.one(
            "SELECT count(*) FROM accounts_exportitem i JOIN casework_casefile f ON f.id = i.subject_id"
            " JOIN casework_case c ON c.id = f.case_id WHERE c.reference = %s",
            reference,
        )
        == 2
    )


def taken(page: Page, path: Path) -> bytes:
    """Say why, and the file comes; the page before it is there again."""
    file_page = page.url
    page.get_by_label("For a court or the prosecutors").check()
    page.get_by_label("In your own words").fill("The prosecutors asked for it")
    page.locator("[name=goes][value=inside]").check()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").click()
    coming.value.save_as(path)
    page.goto(file_page)
    page.get_by_role("link", name="Back").first.click()
    return path.read_bytes()


def test_a_virus_is_locked_away_and_dealt_with(browse: Browse, site: Site) -> None:
    reference = site.take_case(OWN)
    page = browse("olu", width=PHONE)
    page.goto(f"/case/{reference}/files")
    add(page, "letter.txt", b"Dear officer " + TEST_STRING, "A letter from the agency")
    site.manage("followups", "--once")
    page.goto(f"/case/{reference}")
    expect(page.locator("main")).to_contain_text("The virus scanner found something in a file")
    page.goto(f"/case/{reference}/files")
    expect(page.locator("main")).to_contain_text("Locked away: virus")
    page.get_by_role("link", name="A letter from the agency").click()
    assert wrong_with(page) == []
    expect(page.get_by_role("button", name="Download")).to_have_count(0)
    press(page, "Save what was done")
    expect(page.locator("main .govuk-error-summary")).to_contain_text("Enter what you did about it")
    page.get_by_label("What did you do about it?").fill("Told the agency; a clean copy is coming")
    press(page, "Save what was done")
    expect(page.locator("main")).to_contain_text("a clean copy is coming")
