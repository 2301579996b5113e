"""The room of what the super-complaint and its report asked of forces, each with the evidence that Holdfast can show.

Whom each was addressed to and what it asks is from the report's notice; which number it bears there we could not see
[domain 1.4]. So they are named here by what they ask, and nothing is quoted.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from followups.metrics import Words


@dataclass(frozen=True)
class Page:
    """A page of Holdfast that shows it: its address by name, and what stands there."""

    address: str
    words: Words


@dataclass(frozen=True)
class Asked:
    """One thing that was asked for or complained of, with its evidence: numbers by name, and pages.

    `not_shown` says what an inspector must look for elsewhere. `holds` is how sure the wording is.
    """

    slug: str
    of_whom: Words
    words: Words
    numbers: tuple[str, ...]
    pages: tuple[Page, ...]
    not_shown: Words
    holds: Words = ""


UNSURE = _("We know this one only from memory of the report: check it against the text.")
DESK = Page(
    "followups:desk",
    _("The desk: who is most likely to be lost tonight, and each officer's workload"),
)
RULES = Page("followups:rules", _("Every duty with its time limit, and how sure its source is"))

RECOMMENDATIONS = (
    Asked(
        "skills",
        _("Chief constables"),
        _("Investigations go to people with the right skills and experience."),
        ("skills",),
        (
            DESK,
            Page(
                "casework:overrides",
                _("Each case given to somebody who lacked a course: why, and who looked at it"),
            ),
        ),
        _("Experience, beyond courses and cases held."),
    ),
    Asked(
        "training",
        _("Chief constables"),
        _(
            "All relevant staff can learn, can reach specialists, and know what support there is for victims."
        ),
        ("training",),
        (
            Page(
                "training:register",
                _("The training register: who holds which course, verified by whom, until when"),
            ),
            Page(
                "accounts:specialists",
                _("Whom to ask: the specialist on call, and numbers to ring"),
            ),
            Page(
                "referrals:agencies",
                _("Agencies and their places, open to every officer beside the case"),
            ),
        ),
        _("Whether staff understand it: ask them, or look at sampled cases."),
    ),
    Asked(
        "support",
        _("Chief constables, with police and crime commissioners"),
        _("They understand what support victims need, and provide more of it."),
        ("unmet-need", "declines", "agency-answer", "agency-contact"),
        (Page("followups:commissioner", _("What the commissioner is told")),),
        _("What the commissioner then pays for."),
    ),
    Asked(
        "experience",
        _("The Home Office, with chief constables and others"),
        _(
            "What victims go through with the police is known, and what support they need to stay engaged."
        ),
        ("experience", "disengaging"),
        (Page("followups:home-office", _("Returns for the Home Office, and for research")),),
        _("People who were never asked, or did not wish to say: how many is in each number."),
    ),
    Asked(
        "progress",
        _("Chief constables and commissioners"),
        _("They report what they have done since."),
        ("duties", "outcomes"),
        (Page("followups:returns", _("All that may be shared")),),
        _("What was done outside Holdfast."),
        UNSURE,
    ),
    Asked(
        "practice",
        _("The College of Policing"),
        _("Its guidance on modern slavery is brought up to date."),
        (),
        (RULES,),
        _("Which version of the guidance an officer read."),
    ),
    Asked(
        "inspection",
        _("The inspectorate"),
        _("It considers how inspection can help forces to improve."),
        ("duties",),
        (
            Page(
                "followups:samples",
                _("Cases drawn at random and read without names, with what was found"),
            ),
            Page("accounts:exports", _("Every file that left, why, and who let it go")),
        ),
        _("What an inspector decides to look at."),
    ),
)
CONCERNS = (
    Asked(
        "signs",
        _("The super-complaint"),
        _("Officers miss the signs, and do not tell the Home Office."),
        ("home-office",),
        (Page("casework:concern-new", _("The first questions, which nobody can leave blank")),),
        _("People whom nobody logged."),
    ),
    Asked(
        "safety",
        _("The super-complaint"),
        _("Victims are not made to feel safe at once."),
        ("first-contact", "silence", "experience"),
        (DESK,),
        "",
    ),
    Asked(
        "immigration",
        _("The super-complaint"),
        _("Victims are treated as immigration offenders."),
        (),
        (RULES,),
        _(
            "A count: each sharing with immigration is decided by a second officer, and stands in its case."
        ),
    ),
    Asked(
        "offenders",
        _("The super-complaint"),
        _(
            "Victims are treated as criminals, though a defence is open to them (Modern Slavery Act 2015, section 45)."
        ),
        (),
        (RULES,),
        _(
            "A count: nobody is recorded as charged without the defence having been considered by another officer."
        ),
    ),
    Asked(
        "investigated",
        _("The super-complaint"),
        _("Cases are not investigated as they should be."),
        ("duties", "outcomes"),
        (
            Page(
                "followups:cracks",
                _("The check that no case has fallen through, by plain SQL of its own"),
            ),
        ),
        _("How good the investigation was: see the sampled cases."),
    ),
    Asked(
        "frontline",
        _("The super-complaint"),
        _("Front-line staff are not trained."),
        ("training", "skills"),
        (),
        "",
    ),
)
