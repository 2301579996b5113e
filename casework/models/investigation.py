"""What happened in the investigation, event by event: what starts, stops or moves what the person is owed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.models.duties import CrimeRecord
from casework.models.protection import Section45


class Happening(models.TextChoices):
    """What can happen in an investigation, or be asked of the police because of it."""

    STATEMENT_TAKEN = "statement_taken", _("Statement taken from them")
    NOT_INVESTIGATED = "not_investigated", _("Decided not to investigate")
    ARRESTED = "arrested", _("Suspect arrested")
    INTERVIEWED = "interviewed", _("Suspect interviewed under caution")
    VIEWS_ASKED = "views_asked", _("Asked them what they think about bail")
    BAILED = "bailed", _("Suspect released on bail")
    BAIL_CHANGED = "bail_changed", _("Bail changed or ended")
    RELEASED = "released", _("Suspect released without bail or charge")
    CHARGED = "charged", _("Suspect charged")
    OUT_OF_COURT = "out_of_court", _("Dealt with out of court")
    NO_FURTHER_ACTION = "no_further_action", _("Police take no further action")
    PROSECUTORS = "prosecutors", _("Prosecutors do not charge, stop, or change the charge")
    COURT_DATE = "court_date", _("Court date set or changed")
    OUTCOME = "outcome", _("Verdict, sentence or appeal")
    PERSONAL_STATEMENT = "personal_statement", _("Personal statement offered to them")
    SPECIAL_MEASURES = "special_measures", _("Special measures talked through with them")
    REVIEW_ASKED = "review_asked", _("They asked for a review of the decision")
    REVIEW_UNWANTED = "review_unwanted", _("They do not want a review of the decision")
    REVIEW_ACKNOWLEDGED = "review_acknowledged", _("Told them that we have their request")
    REVIEW_DECIDED = "review_decided", _("Review decided, and they know")
    PROPERTY_HELD = "property_held", _("We hold something of theirs")
    PROPERTY_RETURNED = "property_returned", _("Given back to them")
    RECORDS_ASKED = "records_asked", _("Asked others for records about them")
    COMPLAINT = "complaint", _("They complained")
    COMPLAINT_ACKNOWLEDGED = "complaint_acknowledged", _("Told them that we have their complaint")
    BREACH = "breach", _("Information about them was lost or seen by others")
    BREACH_DECIDED = "breach_decided", _("Told the Information Commissioner, or decided not to")
    DATA_ASKED = "data_asked", _("They asked what we hold about them")
    DATA_GIVEN = "data_given", _("Answered what we hold about them")
    PERSON_SUSPECTED = "person_suspected", _("They are suspected of an offence themselves")
    PERSON_CHARGED = "person_charged", _("They were charged with an offence")
    PERSON_NOT_CHARGED = "person_not_charged", _("They will not be charged")


# Decisions of which the person may ask for a review, each for itself: the police's [T22], the prosecutors' [T24].
REVIEWABLE = (Happening.NO_FURTHER_ACTION, Happening.PROSECUTORS)
# What answers what: an answer names the event that it answers.
ANSWERS: dict[str, tuple[str, ...]] = {
    Happening.REVIEW_ASKED: REVIEWABLE,
    Happening.REVIEW_UNWANTED: REVIEWABLE,
    Happening.REVIEW_ACKNOWLEDGED: (Happening.REVIEW_ASKED,),
    Happening.REVIEW_DECIDED: (Happening.REVIEW_ASKED,),
    Happening.PROPERTY_RETURNED: (Happening.PROPERTY_HELD,),
    Happening.COMPLAINT_ACKNOWLEDGED: (Happening.COMPLAINT,),
    Happening.BREACH_DECIDED: (Happening.BREACH,),
    Happening.DATA_GIVEN: (Happening.DATA_ASKED,),
}
# What the person must be told of [Victims' Code, Rights 6, 8 and 9; PCSC Act 2022 s44A].
TO_BE_TOLD = frozenset(
    {
        Happening.NOT_INVESTIGATED,
        Happening.ARRESTED,
        Happening.INTERVIEWED,
        Happening.BAILED,
        Happening.BAIL_CHANGED,
        Happening.RELEASED,
        Happening.CHARGED,
        Happening.OUT_OF_COURT,
        Happening.NO_FURTHER_ACTION,
        Happening.PROSECUTORS,
        Happening.COURT_DATE,
        Happening.OUTCOME,
        Happening.RECORDS_ASKED,
    }
)


class InvestigationEvent(Fact):
    """One thing that happened in the investigation. Append-only; what is owed is derived from it [T12-T38].

    `suspect` is a code ("A", a custody number), never a name. When the person was told is an `Informed`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="happenings")
    kind = models.CharField(_("what happened"), max_length=25, choices=Happening.choices)
    crime = models.ForeignKey(
        CrimeRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="happenings"
    )
    suspect = models.CharField(_("which suspect"), max_length=30, blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    section_45 = models.ForeignKey(
        Section45, on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )
    hearing_at = models.DateTimeField(_("when the hearing is"), null=True, blank=True)
    note = models.TextField(_("what matters about it"), blank=True)

    objects = ScopedQuerySet["InvestigationEvent"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "kind": Privacy.CASE,
        "crime": Privacy.PUBLIC,
        "suspect": Privacy.CASE,
        "answers": Privacy.PUBLIC,
        "section_45": Privacy.PUBLIC,
        "hearing_at": Privacy.CASE,
        "note": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (
            models.Index(fields=("kind", "case"), name="happening_kind_case"),
            models.Index(fields=("case", "-at"), name="happening_case_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="person_charged") | Q(section_45__isnull=False),
                name="happening_charge_needs_section_45",
                violation_error_message=_(
                    "Before they are charged, somebody must consider section 45 and another review it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="court_date") | Q(hearing_at__isnull=False),
                name="happening_court_date_says_when",
                violation_error_message=_("Say when the hearing is."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(ANSWERS)) | Q(answers__isnull=False),
                name="happening_answer_says_to_what",
                violation_error_message=_("Say what this answers."),
            ),
        )
