"""Two records of one person: linked, merged and parted, with both walls standing all the while."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

import clocks
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, Restriction, User
from accounts.scoping import NotVisible
from casework.actions.linking import link, merge, part, unlink
from casework.models import Case, CaseEvent
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from victims.models import LinkState, PersonLink, SafeContact, ToldTopic, Victim

ClientOf = Callable[[User], Client]


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    """Two cases of Olu's unit, the first the older; the second says what must not be used."""
    at = clocks.now()
    older = make_case(victim=make_victim(called="Wren", created_at=at - timedelta(days=9)))
    newer = make_case(victim=make_victim(called="Wrenn"))
    SafeContact.objects.create(
        scope=newer.scope,
        victim=newer.victim,
        channel="phone",
        safe="no",
        notes="He listens in",
        review_on=date(2030, 1, 1),
        set_at=at,
        set_by=cast.olu,
    )
    ToldTopic.objects.create(
        scope=newer.scope,
        victim=newer.victim,
        topic="journey",
        state="told",
        summary="By boat, two nights",
        heard_at=at,
        heard_by=cast.olu,
    )
    return older, newer


def linked(cast: Cast, pair: tuple[Case, Case]) -> PersonLink:
    return link(case=pair[0], other=pair[1], by=cast.actor("olu"), reason="Same phone")


def shown(browser: Client, case: Case) -> str:
    answer = browser.get(f"/case/{case.reference}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_linking_shows_nothing_of_one_on_the_other_and_unlinking_is_kept(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    made = linked(cast, pair)
    assert "He listens in" not in shown(client_of(cast.olu), pair[0])
    unlink(case=pair[1], link=made, by=cast.actor("olu"), reason="Other height")
    made.refresh_from_db()
    assert (made.status, made.ended_by, made.end_reason) == ("ended", cast.olu, "Other height")
    for case in pair:
        assert set(case.events.values_list("kind", flat=True)) == {"linked", "unlinked"}
    assert linked(cast, pair).pk != made.pk


def test_merged_records_show_what_was_told_and_the_rules_on_both_and_parted_they_do_not(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    made, sade = linked(cast, pair), cast.actor("sade")
    browser = client_of(cast.olu)
    before = [Victim.objects.filter(pk=case.victim_id).values().get() for case in pair]
    merge(case=pair[0], link=made, by=sade, reason="She confirmed it")
    for case, other in (pair, pair[::-1]):
        page = shown(browser, case)
        for words in ("He listens in", "By boat, two nights", other.reference):
            assert words in page
    pair[1].victim.refresh_from_db()
    assert pair[1].victim.merged_into == pair[0].victim
    part(case=pair[1], link=made, by=sade, reason="Her sister")
    page = shown(browser, pair[0])
    for words in ("He listens in", "By boat, two nights", pair[1].reference):
        assert words not in page
    after = [Victim.objects.filter(pk=case.victim_id).values().get() for case in pair]
    for row in (*before, *after):
        row.pop("version")
    assert after == before


def test_what_one_record_forbids_is_forbidden_in_the_other(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    merge(case=pair[0], link=linked(cast, pair), by=cast.actor("sade"), reason="She said so")
    answer = client_of(cast.olu).post(
        f"/case/{pair[0].reference}/contact", {"outcome": "spoke", "channel": "phone"}
    )
    assert answer.status_code in {400, 409}
    answer = client_of(cast.olu).post(
        f"/case/{pair[0].reference}/told",
        {"topic": "journey", "state": "told", "summary": "By van"},
    )
    assert 'name="why_again"' in answer.content.decode()
    assert not ToldTopic.objects.filter(victim=pair[0].victim).exists()


def test_only_a_supervisor_merges_and_parts(cast: Cast, pair: tuple[Case, Case]) -> None:
    made = linked(cast, pair)
    for act in (merge, part):
        with pytest.raises(Refused):
            act(case=pair[0], link=made, by=cast.actor("olu"), reason="Sure")


def test_a_third_record_joins_the_one_that_is_read_first_and_no_chain_is_made(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    sade = cast.actor("sade")
    merge(case=pair[0], link=linked(cast, pair), by=sade, reason="She said so")
    oldest = make_case(
        victim=make_victim(called="Ren", created_at=clocks.now() - timedelta(days=99))
    )
    to_newer = link(case=oldest, other=pair[1], by=sade, reason="Same phone")
    with pytest.raises(Conflict):
        merge(case=oldest, link=to_newer, by=sade, reason="Sure")
    to_older = link(case=oldest, other=pair[0], by=sade, reason="Same phone")
    merge(case=oldest, link=to_older, by=sade, reason="Sure")
    assert "He listens in" in shown(client_of(cast.olu), oldest)
    assert not Victim.objects.filter(merged_into__merged_into__isnull=False).exists()


def test_a_record_is_not_linked_to_itself_nor_twice_to_another(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    same = make_case(victim=pair[0].victim)
    linked(cast, pair)
    for one, two in ((pair[0], same), pair, pair[::-1]):
        with pytest.raises(Conflict):
            link(case=one, other=two, by=cast.actor("olu"), reason="Again")


def test_no_merge_of_a_merged_pair_and_no_unlinking_before_parting(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    made, sade = linked(cast, pair), cast.actor("sade")
    merge(case=pair[0], link=made, by=sade, reason="Sure")
    with pytest.raises(Conflict):
        unlink(case=pair[0], link=made, by=sade, reason="No")
    with pytest.raises(Conflict):
        merge(case=pair[0], link=made, by=sade, reason="Sure")


def test_a_record_held_closely_stays_unknown_to_whoever_sees_only_the_other(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    scope = make_scope(restriction=Restriction.COVERT)
    scope.grants.create(
        force=cast.force, user=cast.sade, kind="team", starts_at=clocks.now() - timedelta(1)
    )
    covert = make_case(
        victim=make_victim(scope, called="Wren", created_at=clocks.now() - timedelta(days=99))
    )
    sade = cast.actor("sade")
    made = link(case=pair[0], other=covert, by=sade, reason="Same person, covert")
    merge(case=pair[0], link=made, by=sade, reason="Covert, be careful")
    assert pair[0].events.count() == 0
    assert covert.events.count() == 2
    seen = shown(client_of(cast.olu), pair[0])
    seen += client_of(cast.olu).get(f"/case/{pair[0].reference}/links").content.decode()
    for words in (covert.reference, "overt", "The same person as in"):
        assert words not in seen
    with acting_as(cast.actor("olu")):
        assert not PersonLink.objects.exists()
        with pytest.raises(NotVisible):
            part(case=pair[0], link=made, by=cast.actor("ines"), reason="No")
    assert covert.reference in shown(client_of(cast.sade), pair[0])


def test_the_pages_link_and_decide(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    links = f"/case/{pair[0].reference}/links"
    offered = olu.get(links).content.decode()
    assert f"{links}?with={pair[1].reference}" in offered  # Wren and Wrenn sound the same
    given = {"other": pair[1].reference.lower(), "reason": "Same phone"}
    assert olu.post(links, given | {"other": "HF-ZZZZZ"}).status_code == 400
    assert olu.post(links, given | {"reason": ""}).status_code == 400
    assert olu.post(links, given).status_code == 302
    made = PersonLink.objects.get()
    page = f"{links}/{made.pk}"
    assert 'value="merge"' not in olu.get(page).content.decode()
    assert olu.post(page, {"decision": "merge", "reason": "Sure"}).status_code == 400
    assert sade.post(page, {"decision": "merge", "reason": "Sure"}).status_code == 302
    made.refresh_from_db()
    assert made.status == LinkState.MERGED
    assert sade.post(page, {"decision": "part", "reason": "Her sister"}).status_code == 302
    assert olu.post(page, {"decision": "unlink", "reason": "Her sister"}).status_code == 302
    assert olu.get(page).status_code == 404
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"case.linked", "case.merged", "case.unmerged", "case.unlinked"} <= verbs
    assert CaseEvent.objects.filter(case=pair[0], text="Her sister").count() == 2
