"""What the record knows outside the form's own parts, read with the case in one question to the database."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.actors import Actor
from accounts.sealed import SealedText
from casework.models import AuthorityTold, Case, CrimeRecord, Report
from pages.answers import Answer
from victims.models import (
    Channel,
    Dependant,
    Nationality,
    PersonFact,
    PersonName,
    Reference,
    SafeContact,
)

# Of the officer's last report: what they need not say again.
OF_REPORT = ("organisation", "role", "phone", "stand_in_email", "nation")


def with_elsewhere(cases: QuerySet[Case], by: Actor) -> QuerySet[Case]:
    """Each case with what is known of it elsewhere, and of the officer who reads it.

    `known_crime`, `known_authority` and `known_report` are the last of each, None when there is none;
    `known_phones` the rules by which the person may be phoned, the latest first; `known_person` what stands on the
    page of the person in any number, in the order in which it was recorded.
    """
    in_case = {"case": OuterRef("pk")}
    phones = SafeContact.objects.filter(
        victim=OuterRef("victim"), channel=Channel.PHONE, safe=Answer.YES, ended_at=None
    )
    reports = Report.objects.visible_to(by).filter(changed_by=by.id).order_by("-changed_at")
    return cases.annotate(
        known_crime=_first(CrimeRecord.objects.filter(**in_case), "number", "other_force"),
        known_authority=Subquery(AuthorityTold.objects.filter(**in_case).values("authority")[:1]),
        known_phones=ArraySubquery(phones.values(json=JSONObject(id="pk", details="details"))),
        known_report=_first(reports, *OF_REPORT),
        known_person=JSONObject(
            names=_all(PersonName, "text", "latin", "kind"),
            nationalities=_all(Nationality, "country"),
            dependants=_all(Dependant, "relation"),
            references=_all(Reference, "kind", "number", "about"),
        ),
    )


def _all(of: type[PersonFact], *fields: str) -> ArraySubquery:
    rows = of._default_manager.filter(victim=OuterRef("victim"), ended_at=None)
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in fields})))


def _first(rows: QuerySet[Any], *fields: str) -> Subquery:
    return Subquery(rows.values(json=JSONObject(**{name: name for name in fields}))[:1])


def number_of(phones: list[dict[str, str]]) -> str:
    """The first number among the rules, opened; empty when none has one."""
    rules = (
        SafeContact(pk=each["id"], details=SealedText(each["details"]))
        for each in phones
        if each["details"]
    )
    return next((str(rule.details) for rule in rules), "")
