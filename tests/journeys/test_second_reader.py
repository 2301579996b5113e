"""An officer who is not in date for it sends a national referral once somebody who is has read it."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.casework.nrm.test_there_and_back import BY_ID
from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.looking import wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import give, press


@with_and_without_scripts
def test_what_an_officer_not_in_date_sends_is_read_first(
    browse: Browse, site: Site, tmp_path: Path, *, scripts: bool
) -> None:
    told = tmp_path / "answers.json"
    told.write_text(json.dumps(BY_ID["S01"]["answers"]))
    reference = site.manage("nrm_import", str(told), "--as", "teo").split()[-1]
    dov, teo = browse("dov", scripts=scripts), browse("teo", scripts=scripts)
    give(dov, reference, "DC Teo Wheatear")

    teo.goto(f"/case/{reference}/nrm/check")
    expect(teo.locator("main")).to_contain_text("You are not in date for sending this")
    press(teo, "Mark as sent")
    expect(teo.locator(".govuk-error-summary:not(.app-late)")).to_contain_text(
        "say why it could not wait"
    )
    press(teo, "Ask somebody to read it")
    expect(teo.locator("main")).to_contain_text("You asked for this. Somebody else reads it.")

    page = f"/case/{reference}/nrm/reading"
    dov.goto(page)
    if scripts:
        assert wrong_with(dov) == []
    dov.get_by_label("Something must be put right", exact=True).check()
    dov.get_by_label("what?").fill("Say which car wash.")
    press(dov, "Save what I found")
    teo.goto(f"/case/{reference}/nrm/check")
    expect(teo.locator("main")).to_contain_text("Say which car wash.")
    if scripts:
        assert wrong_with(teo) == []
    press(teo, "Ask somebody to read it")
    dov.goto(page)
    dov.get_by_label("It says what it must").check()
    press(dov, "Save what I found")
    teo.goto(f"/case/{reference}/nrm/check")
    expect(teo.locator("main")).to_contain_text("It may go.")
    press(teo, "Mark as sent")
    expect(teo.locator(".govuk-notification-banner")).to_contain_text("Marked as sent")
