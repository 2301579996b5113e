"""A supervisor begins a shift: on one page, the five people most likely to be lost tonight, and why."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.site import Site
from tests.journeys.steps import REFERENCE, follow, tab_to

CALLED = "SELECT v.called FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id WHERE c.reference = %s"
# What the record must say where the desk gives a reason, asked of the rows themselves.
TRUE = {
    "Reported missing": "SELECT v.missing_since IS NOT NULL",
    "The danger was judged high": "SELECT v.risk = 'high'",
    "Nobody has judged the danger": "SELECT v.risk = 'not_judged'",
    "Nobody holds this case": (
        "SELECT c.owner_id IS NULL OR NOT (u.is_active AND NOT EXISTS (SELECT 1 FROM accounts_absence a"
        " WHERE a.user_id = u.id AND a.starts_at <= now() AND a.ends_at > now() AND a.cover_id IS NULL))"
    ),
    "Several tries by different ways": (
        "SELECT EXISTS (SELECT 1 FROM followups_followup f WHERE f.case_id = c.id AND f.rule = 'contact-lost'"
        " AND f.state = 'open')"
    ),
    "No way to reach them is confirmed": (
        "SELECT NOT EXISTS (SELECT 1 FROM victims_safecontact s WHERE s.victim_id = v.id AND s.ended_at IS NULL"
        " AND s.safe = 'yes' AND s.review_on > current_date)"
    ),
}
OF_CASE = (
    " FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id"
    " LEFT JOIN accounts_user u ON u.id = c.owner_id WHERE c.reference = %s"
)


def test_on_one_page_she_names_the_five_likeliest_to_be_lost_and_why(
    browse: Browse, site: Site
) -> None:
    site.manage("followups", "--once")
    sade = browse("sade")
    sade.goto("/")
    follow(sade, re.compile("Begin a shift"))
    rows = sade.locator(".app-desk tbody tr")
    expect(rows).to_have_count(5)
    points = []
    for row in rows.all():
        words = row.inner_text()
        found = REFERENCE.search(words)
        assert found, words
        named = site.one(CALLED, found[0])
        assert (named or "No name recorded") in words
        reasons = row.locator(".app-desk__why li").all_inner_texts()
        assert reasons, words
        for reason in reasons:
            for begins, question in TRUE.items():
                if reason.startswith(begins):
                    assert site.one(question + OF_CASE, found[0]), (found[0], reason)
        points.append(sum(int(reason.rpartition("+")[2]) for reason in reasons))
        assert f"{points[-1]} points" in words
    assert points == sorted(points, reverse=True)
    assert points[0] > 0


@with_and_without_scripts
def test_with_the_keyboard_alone_she_opens_the_first_of_them(
    browse: Browse, *, scripts: bool
) -> None:
    sade = browse("sade", scripts=scripts)
    sade.goto("/desk")
    first = sade.locator(".app-desk tbody tr").first.get_by_role("link").first
    reference = first.inner_text()
    tab_to(sade, first, most=40)
    with sade.expect_navigation():
        sade.keyboard.press("Enter")
    assert sade.url.endswith(f"/case/{reference}")
