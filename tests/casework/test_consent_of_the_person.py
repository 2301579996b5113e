"""What a person decided counts in every merged record of them: which way a referral goes, and what is shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

import clocks
from accounts.errors import Conflict
from accounts.models import Restriction, User
from casework.actions.duties import notify, submit_nrm
from casework.actions.linking import link, merge, part
from casework.actions.nrm import bring_in
from casework.actions.person import record_consent
from casework.models import Case
from casework.nrm.known import learn
from casework.nrm.record import Record, record_of
from casework.nrm.rules import Branch
from casework.rules import NrmPath, nrm_path
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from victims.models import ConsentEvent, PersonLink, Purpose

ClientOf = Callable[[User], Client]
HOUR = timedelta(hours=1)


def decide(cast: Cast, case: Case, outcome: str, *, ago: int = 0, reason: str = "") -> ConsentEvent:
    return record_consent(
        case=case,
        by=cast.actor("olu"),
        purpose=Purpose.NRM,
        outcome=outcome,
        decided_at=clocks.now() - ago * HOUR,
        reason=reason,
    )


def merged(cast: Cast, case: Case, other: Case) -> PersonLink:
    made = link(case=case, other=other, by=cast.actor("sade"), reason="Same phone")
    merge(case=case, link=made, by=cast.actor("sade"), reason="She says so herself.")
    return made


def record(cast: Cast, case: Case) -> Record:
    return record_of(case.reference, by=cast.actor("olu"), today=clocks.today())


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    return make_case(), make_case()


def test_the_decision_made_last_in_any_merged_record_decides_the_branch_of_each(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    third = make_case()
    merged(cast, *pair)
    merged(cast, pair[0], third)
    for outcome, ago, path, branch in (
        ("given", 3, NrmPath.AGREED, Branch.REFERRAL),
        ("withdrawn", 2, NrmPath.REFUSED, Branch.ANONYMOUS),
        ("given", 1, NrmPath.AGREED, Branch.REFERRAL),
    ):
        decide(cast, pair[1], outcome, ago=ago)
        for case in (*pair, third):
            read = Case.objects.select_related("victim").get(pk=case.pk)
            assert nrm_path(read, cast.actor("olu")) is path
            assert record(cast, case).branch is branch


def test_parted_again_each_record_has_only_its_own_decisions(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    made = merged(cast, *pair)
    decide(cast, pair[1], "given")
    part(case=pair[0], link=made, by=cast.actor("sade"), reason="Her sister")
    assert record(cast, pair[0]).branch is Branch.ASK
    assert record(cast, pair[1]).branch is Branch.REFERRAL


def test_a_referral_rests_on_the_agreement_of_the_other_record_and_is_refused_after_its_no(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    olu, now = cast.actor("olu"), clocks.now()
    merged(cast, *pair)
    agreed = decide(cast, pair[1], "given", ago=2)
    assert submit_nrm(case=pair[0], by=olu, at=now).consent == agreed
    decide(cast, pair[1], "withdrawn", ago=1)
    with pytest.raises(Conflict, match="only when they agree"):
        submit_nrm(case=pair[0], by=olu, at=now)
    notify(case=pair[0], by=olu, at=now)


def test_answers_that_are_brought_in_say_nothing_new_where_the_other_record_says_it(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    merged(cast, *pair)
    decide(cast, pair[1], "given", ago=1)
    for said, known in (("yes", 1), ("no", 2)):
        answers = {"pv-under-age": "no", "pv-want-to-submit-nrm": said}
        bring_in(answers=answers, by=cast.actor("olu"), case=pair[0])
        assert ConsentEvent.objects.count() == known


def test_pages_of_one_record_show_what_was_decided_in_the_other(
    cast: Cast, pair: tuple[Case, Case], client_of: ClientOf
) -> None:
    browser, words = client_of(cast.olu), "She fears that her sister hears of it."
    decide(cast, pair[1], "refused", reason=words)
    address = f"/case/{pair[0].reference}"
    assert words not in browser.get(f"{address}/consent").content.decode()
    merged(cast, *pair)
    assert words in browser.get(f"{address}/consent").content.decode()
    section = browser.get(f"{address}/nrm/form/consent").content.decode()
    assert "Did not agree" in section
    assert "did not agree, so they are not referred" in (
        browser.get(f"{address}/nrm").content.decode()
    )
    known = learn(record(cast, pair[0]), officer=cast.olu).known
    assert known["refuse-nrm"] == words


def test_what_is_held_out_of_reach_is_not_shown_by_it(cast: Cast, client_of: ClientOf) -> None:
    case = make_case()
    held = make_case(victim=make_victim(make_scope()))
    merged(cast, case, held)
    decide(cast, held, "refused", reason="Words nobody else may read.")
    held.scope.restriction = Restriction.COVERT
    held.scope.save()
    page = client_of(cast.olu).get(f"/case/{case.reference}/consent").content.decode()
    assert "Words nobody else may read." not in page
    assert "They have not been asked yet." in page
