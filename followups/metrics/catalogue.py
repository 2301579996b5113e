"""The room of the numbers and their definitions, in the words that stand beside each."""

from django.utils.translation import gettext_lazy as _

from casework.models import ClosingOutcome
from followups.metrics import Number, sides
from followups.metrics import statements as sql
from training.models import Purpose

UNSEEN = _("Cases that you may not see: restricted, covert, or closed to you.")
LOGGED = _("Cases logged within the time that you chose, until now.")
HEARD_LEFT_OUT = _(
    "Answers about cases in which you had a part, or that you may not see. Nobody sees what is said about themselves."
)
HEARD_SOURCE = _("What people answered when they were asked how it was for them.")
_DAYS = {
    "day": _("Within 24 hours"),
    "three": _("Within 3 days"),
    "week": _("Within 7 days"),
    "later": _("Later"),
}

NUMBERS = {
    each.slug: each
    for each in (
        Number(
            slug="first-contact",
            words=_("Time to first safe contact"),
            share=_("were spoken with within 24 hours"),
            things=_("cases"),
            counted=_(
                "Each case once: from when its concern was logged to the first contact recorded as “We spoke”."
                " A conversation before that counts as one at once."
            ),
            when=LOGGED,
            left_out=UNSEEN,
            source=_("The case, and the contacts recorded in it."),
            rows=sql.FIRST_CONTACT,
            parts=_DAYS | {"never": _("Not spoken with yet")},
            good=frozenset({"day"}),
            sides=(sides.AGE, sides.LANGUAGE, sides.place("c")),
            middle=_("Of those spoken with, half within %s."),
        ),
        Number(
            slug="silence",
            words=_("Days without contact"),
            share=_("were spoken with in the last 28 days"),
            things=_("open cases"),
            counted=_(
                "Each open case once, drafts too: days since the last contact recorded as “We spoke”, or since it was"
                " logged if there was none."
            ),
            when=_("Now. The time that you chose changes nothing here."),
            left_out=UNSEEN,
            source=_("The case, and the contacts recorded in it."),
            rows=sql.SILENCE,
            parts={
                "week": _("Up to 7 days"),
                "fortnight": _("Up to 14 days"),
                "month": _("Up to 28 days"),
                "longer": _("More than 28 days"),
            },
            good=frozenset({"week", "fortnight", "month"}),
            sides=(sides.AGE, sides.LANGUAGE, sides.place("c")),
            in_period=False,
            middle=_("Half of them were spoken with within %s."),
            days=True,
        ),
        Number(
            slug="duties",
            words=_("Duties met, late and never"),
            share=_("were done in time"),
            things=_("duties"),
            counted=_(
                "Each duty of a case once: done in time, done late, or past its time and not done."
            ),
            when=_("Duties that fell due within the time that you chose, until now."),
            left_out=_(
                "What is not due yet, what ended because it was no longer owed, duties of officers without a case,"
                " and cases that you may not see."
            ),
            source=_("What the rules found, kept with when it was due and when it was done."),
            rows=sql.DUTIES,
            parts={"met": _("In time"), "late": _("Late"), "never": _("Not done")},
            good=frozenset({"met"}),
            sides=(sides.RULE, sides.place("f")),
            middle=_("Of the others, half are late by up to %s."),
            days=True,
        ),
        Number(
            slug="home-office",
            words=_("Referred to the Home Office, or notified"),
            share=_("were referred, or the duty to notify was done"),
            things=_("encounters"),
            counted=_(
                "Each case once: a national referral (NRM) that was not withdrawn, else a duty to notify (DtN), else"
                " closed because they are not a victim, else neither."
            ),
            when=LOGGED,
            left_out=UNSEEN,
            source=_("The case, its national referral, its duty to notify, and how it was closed."),
            rows=sql.HOME_OFFICE,
            parts={
                "nrm": _("National referral"),
                "dtn": _("Duty to notify"),
                "not_a_victim": _("Not a victim"),
                "neither": _("Neither yet"),
            },
            good=frozenset({"nrm", "dtn"}),
            sides=(sides.AGE, sides.LANGUAGE, sides.place("c")),
            days=True,
        ),
        Number(
            slug="agency-answer",
            words=_("How soon agencies answer"),
            share=_("were answered within 24 hours"),
            things=_("referrals"),
            counted=_(
                "Each support referral once: from being sent to the agency accepting or declining it."
            ),
            when=_("Referrals sent within the time that you chose, until now."),
            left_out=_(
                "Drafts, what was withdrawn or sent in error before an answer, and what you may not see."
            ),
            source=_("The referral, with the times that the agency's own acts set."),
            rows=sql.AGENCY_ANSWER,
            parts=_DAYS | {"waiting": _("No answer yet")},
            good=frozenset({"day"}),
            sides=(sides.AGENCY, sides.place("c")),
            middle=_("Half were answered, or wait, for %s or less."),
        ),
        Number(
            slug="agency-contact",
            words=_("How soon agencies reach the person"),
            share=_("were reached within 48 hours"),
            things=_("accepted referrals"),
            counted=_(
                "Each support referral once: from being accepted to the first contact with the person."
            ),
            when=_("Referrals accepted within the time that you chose, until now."),
            left_out=_("What ended before anybody reached the person, and what you may not see."),
            source=_("The referral, with the times that the agency's own acts set."),
            rows=sql.AGENCY_CONTACT,
            parts={
                "two": _("Within 48 hours"),
                "week": _("Within 7 days"),
                "later": _("Later"),
                "waiting": _("Not reached yet"),
            },
            good=frozenset({"two"}),
            sides=(sides.AGENCY, sides.place("c")),
            middle=_("Half were reached, or wait, for %s or less."),
        ),
        Number(
            slug="unmet-need",
            words=_("Needs that are not met"),
            share=_("have an agency that reached the person about it"),
            things=_("open needs"),
            counted=_(
                "Each need once that was found and is not ended, of people with an open case: an agency supports them"
                " with it, is asked about it, or nobody is."
            ),
            when=_("Now. The time that you chose changes nothing here."),
            left_out=_("Needs of people without an open case, and what you may not see."),
            source=_("The needs assessment, and the support referrals of the person's cases."),
            rows=sql.UNMET,
            parts={
                "supported": _("Supported"),
                "asked": _("An agency is asked"),
                "nobody": _("Nobody is asked"),
            },
            good=frozenset({"supported"}),
            sides=(sides.KIND, sides.LANGUAGE, sides.place("o")),
            in_period=False,
            days=True,
        ),
        Number(
            slug="declines",
            words=_("Referrals that agencies declined"),
            share=_("were looked after since"),
            things=_("declined referrals"),
            counted=_(
                "Each declined support referral once: another agency was asked about it later, it was said why nobody"
                " else is, or neither."
            ),
            when=_("Referrals declined within the time that you chose, until now."),
            left_out=UNSEEN,
            source=_("The referral, with the reason that the agency chose."),
            rows=sql.DECLINES,
            parts={
                "asked": _("Another was asked"),
                "settled": _("Said why no other is"),
                "nobody": _("Neither"),
            },
            good=frozenset({"asked", "settled"}),
            sides=(sides.REASON, sides.AGENCY, sides.place("c")),
            days=True,
        ),
        Number(
            slug="outcomes",
            words=_("How cases ended"),
            share=_("ended without losing contact with the person"),
            things=_("closed cases"),
            counted=_(
                "Each closing once that a second officer agreed to, by the outcome that was chosen."
            ),
            when=_("Closings agreed to within the time that you chose, until now."),
            left_out=UNSEEN,
            source=_("The closing, agreed to by a second officer."),
            rows=sql.OUTCOMES,
            parts=dict(ClosingOutcome.choices),
            good=frozenset(set(ClosingOutcome.values) - {ClosingOutcome.NO_CONTACT}),
            sides=(sides.AGE, sides.place("c")),
            middle=_("Half of them were open for up to %s."),
            days=True,
        ),
        Number(
            slug="experience",
            words=_("How people say they were treated"),
            share=_("were yes"),
            things=_("answers"),
            counted=_(
                "Each question about safety, respect, being heard, told or kept in touch, once each time that somebody"
                " was asked: their answer, or that they skipped it. Not sure whether they are safe counts as partly."
            ),
            when=_("Answered within the time that you chose, until now."),
            left_out=HEARD_LEFT_OUT,
            source=HEARD_SOURCE,
            rows=sql.EXPERIENCE,
            parts={
                "yes": _("Yes"),
                "partly": _("Partly, or not sure"),
                "skipped": _("Did not want to say"),
                "no": _("No"),
            },
            good=frozenset({"yes"}),
            sides=(sides.QUESTION, sides.POINT, sides.place("w")),
            heard=True,
        ),
        Number(
            slug="disengaging",
            words=_("Why people find it hard to go on"),
            share=_("said that nothing makes it hard"),
            things=_("reasons and answers"),
            counted=_(
                "Each reason once each time that somebody was asked after a decision or when their case was closed;"
                " who named several is counted with each."
            ),
            when=_("Answered within the time that you chose, until now."),
            left_out=HEARD_LEFT_OUT,
            source=HEARD_SOURCE,
            rows=sql.DISENGAGING,
            parts={
                "nothing": _("Nothing makes it hard"),
                "skipped": _("Did not want to say"),
                "reason": _("A reason"),
            },
            good=frozenset({"nothing"}),
            sides=(sides.STOPPING, sides.POINT, sides.place("w")),
            heard=True,
        ),
        Number(
            slug="training",
            words=_("Training cover"),
            share=_("are in date"),
            things=_("courses that officers must have"),
            counted=_(
                "Each officer once for each course that their roles require: whether they have it, by the record that"
                " lasts longest."
            ),
            when=_("Today. The time that you chose changes nothing here."),
            left_out=_(
                "Courses that nobody requires of them, people who have left, and people of no unit."
            ),
            source=_("The training register and what is required."),
            rows=sql.TRAINING,
            values={"purpose": "", "course": ""},
            parts={
                "current": _("Current"),
                "lapsing": _("Lapses within 60 days"),
                "lapsed": _("Lapsed"),
                "missing": _("Missing"),
            },
            good=frozenset({"current", "lapsing"}),
            sides=(sides.COURSE, sides.place("p")),
            in_period=False,
            days=True,
        ),
        Number(
            slug="skills",
            words=_("Investigations led by somebody trained for them"),
            share=_("have an owner whose training is in date"),
            things=_("open cases"),
            counted=_(
                "Each open case once, drafts aside: the worst of the courses that its owner must have to be given an"
                " investigation, by the record that lasts longest."
            ),
            when=_("Today. The time that you chose changes nothing here."),
            left_out=UNSEEN,
            source=_(
                "The case's owner, the training register and what is required to be given a case."
            ),
            rows=sql.SKILLS,
            values={"purpose": Purpose.OWN_CASE.value, "course": ""},
            parts={
                "current": _("In date"),
                "lapsing": _("Lapses within 60 days"),
                "lapsed": _("Lapsed"),
                "missing": _("Missing"),
                "nobody": _("Nobody owns it"),
            },
            good=frozenset({"current", "lapsing"}),
            sides=(sides.AGE, sides.LANGUAGE, sides.place("c")),
            in_period=False,
            days=True,
        ),
    )
}
