"""The room of the numbers and their definitions, in the words that stand beside each."""

from django.utils.translation import gettext_lazy as _

from followups.metrics import Number, sides
from followups.metrics import statements as sql

UNSEEN = _("Cases that you may not see: restricted, covert, or closed to you.")
LOGGED = _("Cases logged within the time that you chose, until now.")
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
    )
}
