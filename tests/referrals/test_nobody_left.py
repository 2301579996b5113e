"""Whatever officers and agencies do, in whatever order: a need that was asked about is with somebody, or is owed."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.errors import Conflict
from casework.models import Case
from followups import engine
from followups.cracks import report
from followups.models import FollowUp
from followups.rules import RULES
from referrals import actions
from referrals.models import Service, SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import agree, make_draft, make_service, officer, system

NEEDS = ["legal", "outreach", "safe_house"]
CHASED = ("referral-declined", "referral-called-off")
ENDS = ("declined_at", "withdrawn_at", "ended_at", "changed_at")
MINUTE = timedelta(minutes=1)
EXAMPLES = 400 if os.environ.get("PROVE") else 15


class Life:
    """One case in which time goes by with each deed; what cannot be done is not."""

    def __init__(self, case: Case, begun: datetime) -> None:
        self.case, self.at = case, begun

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def does(self, deed: str, which: int, needs: list[str]) -> None:
        sent = list(self.case.support_referrals.exclude(sent_at=None).order_by("sent_at"))
        one = sent[which % len(sent)] if sent else None
        try:
            with transaction.atomic():
                if deed == "send":
                    slug = ("harbour", "beacon")[which % 2]
                    draft = make_draft(self.case, slug, needs=needs)
                    actions.send_referral(referral=draft, by=officer())
                elif one is not None:
                    DEEDS[deed](one, needs)
        except (Conflict, ValidationError):
            pass
        if which % 3:
            self.sweep()

    def sweep(self) -> None:
        self.at += MINUTE
        engine.sweep(self.at, rules={rule: RULES[rule] for rule in CHASED})


def pass_on(referral: SupportReferral, needs: list[str]) -> None:
    service = Service.objects.exclude(agency=referral.agency_id).get(needs__len=1)
    draft = actions.ask_instead(referral=referral, service=service, by=officer())
    actions.send_referral(referral=draft, by=officer())


def finish(referral: SupportReferral, needs: list[str]) -> None:
    by = system(referral.agency.slug)
    actions.accept(referral=referral, worker_name="Noor", by=by)
    actions.confirm_first_contact(referral=referral, by=by)
    became = {need: "unmet" if need in needs else "met" for need in referral.needs}
    actions.complete(referral=referral, reason="needs_partly_met", outcomes=became, by=by)


def stop(referral: SupportReferral, needs: list[str]) -> None:
    by = system(referral.agency.slug)
    actions.accept(referral=referral, worker_name="Noor", by=by)
    actions.end_early(referral=referral, reason="moved_away", by=by)


DEEDS: dict[str, Callable[[SupportReferral, list[str]], object]] = {
    "decline": lambda r, n: actions.decline(referral=r, reason="other", by=system(r.agency.slug)),
    "accept": lambda r, n: actions.accept(referral=r, worker_name="Noor", by=system(r.agency.slug)),
    "withdraw": lambda r, n: actions.withdraw(referral=r, by=officer()),
    "in error": lambda r, n: actions.mark_in_error(referral=r, by=officer()),
    "say why not": lambda r, n: actions.handle_decline(
        referral=r, reason="not_needed", by=officer()
    ),
    "pass on": pass_on,
    "finish": finish,
    "stop": stop,
}
Deeds = st.lists(
    st.tuples(
        st.sampled_from(["send", *DEEDS]),
        st.integers(0, 5),
        st.sets(st.sampled_from(NEEDS), min_size=1).map(sorted),
    ),
    max_size=12,
)


def left_behind(case: Case) -> set[str]:
    """Needs that somebody was asked about, that nobody is now, and that are neither owed nor settled."""
    sent = list(case.support_referrals.exclude(sent_at=None))
    owed = set(FollowUp.objects.filter(rule__in=CHASED).open().values_list("subject_id", flat=True))
    lost = set()
    for need in {need for row in sent for need in row.needs}:
        of_need = [row for row in sent if need in row.needs]
        if any(row.is_open for row in of_need):
            continue
        last = max(of_need, key=_ended)
        met = last.outcomes.get(need) in {"met", "unwanted"}
        if not (met or last.no_other_support or last.pk in owed):
            lost.add(need)
    return lost


def _ended(row: SupportReferral) -> datetime:
    moment: datetime = next(filter(None, (getattr(row, name) for name in ENDS)))
    return moment


@pytest.fixture
def case(cast: Cast) -> Case:
    """A person who agreed; Harbour can be asked about three needs, Beacon about one of them."""
    make_service(needs=NEEDS)
    make_service("beacon", needs=["outreach"])
    made = make_case()
    agree(made)
    return made


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=Deeds)
def test_no_need_is_left_with_nobody(
    case: Case, monkeypatch: pytest.MonkeyPatch, deeds: list[tuple[str, int, list[str]]]
) -> None:
    with transaction.atomic(), monkeypatch.context() as patched:
        life = Life(case, clocks.now())
        patched.setattr(clocks, "now", life)
        for deed in deeds:
            life.does(*deed)
        life.sweep()
        assert left_behind(case) == set()
        found = {line.code.split()[1]: line.count for line in report(life.at + 5 * MINUTE)}
        assert {rule: found[rule] for rule in CHASED} == dict.fromkeys(CHASED, 0)
        transaction.set_rollback(True)
