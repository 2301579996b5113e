"""A supervisor works her queue; an agency's own system answers a referral, and the case shows it."""

import json
import re
import urllib.error
import urllib.request
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.site import Site
from tests.journeys.steps import press, refer, send_concern

QUEUE = "/work/team?view=no-owner"
OWNER = (
    "SELECT u.username FROM casework_case c LEFT JOIN accounts_user u ON u.id = c.owner_id"
    " WHERE c.reference = %s"
)


def waiting_case(browse: Browse, site: Site, officer: str = "rhys") -> str:
    """A concern that an officer has just sent, swept into the queue."""
    reference = send_concern(browse(officer))
    site.manage("followups", "--once")
    return reference


def assign_inline(queue: Page, reference: str, name: str) -> None:
    row = queue.get_by_role("row").filter(has=queue.get_by_role("link", name=reference, exact=True))
    row.get_by_role("combobox").select_option(label=name)
    with queue.expect_navigation():
        row.get_by_role("button", name="Assign").click()


def say_why(page: Page) -> None:
    """Where others are proposed before the officer who was chosen, a reason is asked for."""
    reason = page.get_by_label("why this officer all the same")
    if reason.count():
        reason.fill("He is with her now.")
        press(page, "Give them the case")


@with_and_without_scripts
def test_a_supervisor_assigns_from_her_queue_and_reviews(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    reference = waiting_case(browse, site)
    sade = browse("sade", scripts=scripts)
    sade.goto("/")
    sade.get_by_role("link", name=re.compile("queue", re.IGNORECASE)).first.click()
    expect(sade.locator("main")).to_contain_text(re.compile(r"\d+ of \d+ open cases need action"))
    expect(sade.locator("main")).to_contain_text("Reminders last ran")
    sade.goto(QUEUE)
    assign_inline(sade, reference, "PC Olu Adeyemi")
    say_why(sade)
    expect(sade.locator(".govuk-notification-banner")).to_contain_text(reference)
    assert site.one(OWNER, reference) == "olu"

    sade.goto(f"/case/{reference}")
    expect(sade.locator("main")).to_contain_text("What to do next")
    sade.get_by_role("link", name="review").first.click()
    sade.get_by_label("What did you find").fill("Safe for tonight. Olu phones her tomorrow.")
    press(sade, "Save the review")
    expect(sade.locator("main")).to_contain_text("Review")
    reviews = "SELECT count(*) FROM casework_review r JOIN casework_case c ON c.id = r.case_id"
    assert site.one(f"{reviews} WHERE c.reference = %s", reference) == 1


@with_and_without_scripts
def test_an_officer_without_the_course_owns_a_case_only_with_a_reason_that_a_lead_reads(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    reference = waiting_case(browse, site, "petra")
    dov = browse("dov", scripts=scripts)
    dov.goto(QUEUE)
    assign_inline(dov, reference, "DC Teo Wheatear")
    expect(dov.locator("main .govuk-error-summary")).to_contain_text("PIP2")
    assert site.one(OWNER, reference) is None
    dov.get_by_label("why this officer all the same").fill("He speaks her language.")
    press(dov, "Give them the case")
    assert site.one(OWNER, reference) == "teo"

    ines = browse("ines", scripts=scripts)
    ines.goto("/overrides")
    line = ines.locator(".govuk-summary-card").filter(has_text=reference)
    expect(line).to_contain_text("PIP2")
    expect(line).to_contain_text("He speaks her language.")
    line.get_by_role("button", name="I have reviewed it").click()
    expect(line).to_have_count(0)


class Harbour:
    """The far end: an agency's own system, which knows the API and nothing else."""

    def __init__(self, site: Site) -> None:
        said = site.manage("agency_credentials", "harbour", "--rotate")
        key = dict(line.split("=", 1) for line in said.splitlines()[:2])
        self.home = f"{site.url}/api/v1"
        pair = f"{key['client_id']}:{key['client_secret']}".encode()
        asked = {
            "grant_type": "client_credentials",
            "scope": "referrals:read referrals:decide updates:write",
        }
        answer = self._send(
            "POST",
            "/token",
            urlencode(asked).encode(),
            Authorization=f"Basic {b64encode(pair).decode()}",
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        self.token = answer["access_token"]

    def _send(self, method: str, path: str, body: bytes | None, **headers: str) -> Any:
        request = urllib.request.Request(
            f"{self.home}{path}", data=body, headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.etag = answer.headers.get("ETag", "")
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{error.code} {path}: {error.read().decode()}") from error

    def read(self, path: str) -> Any:
        return self._send("GET", path, None, Authorization=f"Bearer {self.token}")

    def act(self, referral: str, verb: str, **said: str) -> Any:
        self.read(f"/referrals/{referral}")
        return self._send(
            "POST",
            f"/referrals/{referral}/{verb}",
            json.dumps(said).encode(),
            Authorization=f"Bearer {self.token}",
            **{
                "Content-Type": "application/json",
                "If-Match": self.etag,
                "Idempotency-Key": f"{verb}-{referral}",
            },
        )


@with_and_without_scripts
def test_an_agency_accepts_through_the_api_and_the_case_shows_who_reached_the_person(
    browse: Browse, site: Site, *, scripts: bool
) -> None:
    reference = waiting_case(browse, site)
    sade = browse("sade", scripts=scripts)
    sade.goto(QUEUE)
    assign_inline(sade, reference, "PC Olu Adeyemi")
    say_why(sade)
    olu = browse("olu", scripts=scripts)
    refer(olu, reference)

    harbour = Harbour(site)
    known = site.ask(
        "SELECT r.id FROM referrals_supportreferral r JOIN casework_case c ON c.id = r.case_id"
        " WHERE c.reference = %s",
        reference,
    )
    ((referral,),) = known
    listed = harbour.read("/referrals?status=sent&page_size=100")["results"]
    assert str(referral) in {row["id"] for row in listed}
    before = harbour.read(f"/referrals/{referral}")
    assert reference not in json.dumps(before)  # the minimum, until it accepts
    harbour.act(str(referral), "accept", worker_name="Hana Wells")
    olu.goto(f"/case/{reference}")
    expect(olu.locator("main")).to_contain_text("Accepted")
    harbour.act(str(referral), "first-contact")
    olu.reload()
    expect(olu.locator("main")).to_contain_text("First contact made")
    olu.goto(f"/referral/{referral}")
    expect(olu.locator("main")).to_contain_text("Hana Wells")
