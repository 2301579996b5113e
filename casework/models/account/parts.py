"""The parts of the account that a case has once, in the order in which the national form asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField
from casework.models.account.part import PART_PRIVACY, Part, in_their_words, yes_or_no
from victims.models import AgeBand


class Report(Part):
    """Who reports to the Home Office, for which organisation, and what they send with it."""

    class Nation(models.TextChoices):
        """Where in the United Kingdom the report is made; England and Wales are two here."""

        ENGLAND = "england", _("England")
        WALES = "wales", _("Wales")
        SCOTLAND = "scotland", _("Scotland")
        NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")

    label = models.TextField(_("your own label for this report"), blank=True)
    organisation = models.CharField(
        _("organisation you report for, as the Home Office lists it"), max_length=200, blank=True
    )
    nation = models.CharField(
        _("nation in which the report is made"), max_length=20, choices=Nation.choices, blank=True
    )
    email = models.CharField(_("your work e-mail"), max_length=15_000, blank=True)
    first_name = models.CharField(_("your first name"), max_length=15_000, blank=True)
    last_name = models.CharField(_("your last name"), max_length=15_000, blank=True)
    role = models.CharField(_("your role"), max_length=15_000, blank=True)
    phone = EncryptedTextField(_("your work phone"), blank=True)
    stand_in_email = models.CharField(
        _("e-mail of a colleague or team for when you are away"), max_length=15_000, blank=True
    )
    evidence = in_their_words(_("what each file shows, and its date"))

    PRIVACY = PART_PRIVACY | {
        "label": Privacy.CASE,
        "organisation": Privacy.CASE,
        "nation": Privacy.CASE,
        "email": Privacy.CASE,
        "first_name": Privacy.CASE,
        "last_name": Privacy.CASE,
        "role": Privacy.CASE,
        "phone": Privacy.SEALED,
        "stand_in_email": Privacy.CASE,
        "evidence": Privacy.CASE,
    }
    FIELDSETS = {
        _("This report"): ("label", "organisation", "nation"),
        _("The first responder"): ("first_name", "last_name", "role", "phone", "email"),
        _("When they are away"): ("stand_in_email",),
        _("Evidence"): ("evidence",),
    }


class Safeguarding(Part):
    """The local authority that was told of a child, and what else was judged about their age.

    Where somebody judged their age and a recorded date of birth says otherwise, both are kept, and nothing is
    sent until one of them is put right.
    """

    authority = models.CharField(
        _("local authority that was told, as the Home Office lists it"), max_length=200, blank=True
    )
    phone = EncryptedTextField(_("phone of the local authority"), blank=True)
    email = models.CharField(_("e-mail of the local authority"), max_length=15_000, blank=True)
    contact_first_name = models.CharField(
        _("first name of the contact there, if known"), max_length=15_000, blank=True
    )
    contact_last_name = models.CharField(
        _("last name of the contact there, if known"), max_length=15_000, blank=True
    )
    judged_age = models.CharField(
        _("age as it was judged, where the date of birth says otherwise"),
        max_length=10,
        choices=AgeBand.choices,
        blank=True,
    )
    child_then = yes_or_no(_("were they under 18 at any time while it happened?"), unsure=True)

    PRIVACY = PART_PRIVACY | {
        "authority": Privacy.CASE,
        "phone": Privacy.SEALED,
        "email": Privacy.CASE,
        "contact_first_name": Privacy.CASE,
        "contact_last_name": Privacy.CASE,
        "judged_age": Privacy.CASE,
        "child_then": Privacy.CASE,
    }
    FIELDSETS = {
        _("Local authority"): (
            "authority",
            "phone",
            "email",
            "contact_first_name",
            "contact_last_name",
        ),
        _("Age"): ("judged_age", "child_then"),
    }


class Background(Part):
    """Where the person comes from, as far as they wanted to tell."""

    birthplace = in_their_words(_("where they were born: country, and town or village"))
    family = in_their_words(_("their family, and who is who"))
    education = in_their_words(_("their schooling, and when"))
    work_before = in_their_words(_("work before the exploitation began"))

    PRIVACY = PART_PRIVACY | {
        "birthplace": Privacy.CASE,
        "family": Privacy.CASE,
        "education": Privacy.CASE,
        "work_before": Privacy.CASE,
    }
    FIELDSETS = {_("Background"): ("birthplace", "family", "education", "work_before")}


class Exploitation(Part):
    """What holds for all that happened: how many situations, where, and who did it.

    Each situation is a `Situation`, each town or country a `Place`, each person involved a `Party`.
    """

    class Where(models.TextChoices):
        """In which part of the world it happened."""

        UK = "uk", _("In the UK")
        OVERSEAS = "overseas", _("Overseas")
        BOTH = "both", _("Both in the UK and overseas")

    several = yes_or_no(_("was there more than one situation?"), unsure=True)
    dates_of_all = in_their_words(
        _("for each situation: when it began and ended, and what kind it was")
    )
    where = models.CharField(
        _("where did it happen?"), max_length=10, choices=Where.choices, blank=True
    )
    other_uk_places = EncryptedTextField(
        _("addresses, villages and landmarks in the UK"), blank=True
    )
    other_overseas_places = EncryptedTextField(
        _("addresses, villages and landmarks overseas"), blank=True
    )
    exploiters = in_their_words(
        _("everything known of who did it: names, nicknames, gang, languages, marks")
    )
    exploiters_place_known = yes_or_no(_("is anything known of where the exploiters are?"))
    exploiters_in_uk = yes_or_no(_("are they in the UK, or were they when last known?"))
    exploiters_place = in_their_words(_("what is known of where they are"))

    PRIVACY = PART_PRIVACY | {
        "several": Privacy.CASE,
        "dates_of_all": Privacy.CASE,
        "where": Privacy.CASE,
        "other_uk_places": Privacy.SEALED,
        "other_overseas_places": Privacy.SEALED,
        "exploiters": Privacy.CASE,
        "exploiters_place_known": Privacy.CASE,
        "exploiters_in_uk": Privacy.CASE,
        "exploiters_place": Privacy.CASE,
    }
    FIELDSETS = {
        _("Situations"): ("several", "dates_of_all"),
        _("Places"): ("where", "other_uk_places", "other_overseas_places"),
        _("Exploiters"): (
            "exploiters",
            "exploiters_place_known",
            "exploiters_in_uk",
            "exploiters_place",
        ),
    }


class LastContact(models.TextChoices):
    """How recently the person and the exploiters were in touch."""

    WEEK = "week", _("Within the last week")
    MONTH = "month", _("Within the last month")
    QUARTER = "quarter", _("Within the last 3 months")
    HALF_YEAR = "half_year", _("Within the last 6 months")
    YEAR = "year", _("Between 6 and 12 months ago")
    LONGER = "longer", _("More than a year ago")
    NOT_SURE = "not_sure", _("Not sure")


class Since(Part):
    """How it has been since: contact with the exploiters, earlier reports, where the person stays now."""

    last_contact = models.CharField(
        _("when were they last in touch with the exploiters?"),
        max_length=10,
        choices=LastContact.choices,
        blank=True,
    )
    last_contact_on = models.DateField(
        _("the date of the last contact, if it is known"), null=True, blank=True
    )
    last_contact_details = in_their_words(
        _("what was said or threatened then, and what they do to avoid contact")
    )
    reported_before = yes_or_no(_("have they reported this before?"), unsure=True)
    earlier_report = in_their_words(_("the earlier report, and its references"))
    possible_earlier_report = in_their_words(
        _("what may have been reported before, and any references")
    )
    why_not_sooner = in_their_words(_("what kept them from reporting sooner"))
    town = models.CharField(_("town or city where they stay now"), max_length=100, blank=True)
    region = models.CharField(_("region where they stay now"), max_length=100, blank=True)

    PRIVACY = PART_PRIVACY | {
        "last_contact": Privacy.CASE,
        "last_contact_on": Privacy.CASE,
        "last_contact_details": Privacy.CASE,
        "reported_before": Privacy.CASE,
        "earlier_report": Privacy.CASE,
        "possible_earlier_report": Privacy.CASE,
        "why_not_sooner": Privacy.CASE,
        "town": Privacy.SAFE_CONTACT,
        "region": Privacy.SAFE_CONTACT,
    }
    FIELDSETS = {
        _("Contact with the exploiters"): (
            "last_contact",
            "last_contact_on",
            "last_contact_details",
        ),
        _("Earlier reports"): (
            "reported_before",
            "earlier_report",
            "possible_earlier_report",
            "why_not_sooner",
        ),
        _("Where they stay now"): ("town", "region"),
    }


class Opinion(Part):
    """What the officer saw and thinks, kept apart from what the person told."""

    interview = in_their_words(
        _("where, when and how you spoke with them: who was there, breaks, how they were")
    )
    saw_indicators = yes_or_no(_("did you see signs of modern slavery?"))
    indicators = in_their_words(_("which signs, and where you noticed them"))
    view = in_their_words(_("your professional view: why you make this report"))
    doubts = yes_or_no(_("does any evidence speak against what they told?"))
    doubts_evidence = in_their_words(_("that evidence, and whether fear or trauma explains it"))
    others_involved = yes_or_no(_("does any other agency or professional work with them?"))
    others_involved_details = in_their_words(
        _("who they are, what they did, their references and contacts")
    )

    PRIVACY = PART_PRIVACY | {
        "interview": Privacy.CASE,
        "saw_indicators": Privacy.CASE,
        "indicators": Privacy.CASE,
        "view": Privacy.CASE,
        "doubts": Privacy.CASE,
        "doubts_evidence": Privacy.CASE,
        "others_involved": Privacy.CASE,
        "others_involved_details": Privacy.CASE,
    }
    FIELDSETS = {
        _("The interview"): ("interview",),
        _("What you saw"): ("saw_indicators", "indicators"),
        _("What you think"): ("view", "doubts", "doubts_evidence"),
        _("Other professionals"): ("others_involved", "others_involved_details"),
    }


class AtRisk(Part):
    """Who else may be a victim, and whether it may happen to this person again."""

    other_victims = yes_or_no(_("were there other possible victims?"), unsure=True)
    other_victims_details = in_their_words(_("what is known of the other possible victims"))
    possible_victims_details = in_their_words(_("what makes you think that there may be others"))
    fears_more = yes_or_no(_("is there reason to fear that they are exploited again?"))
    fears_more_reasons = in_their_words(_("the reasons for that fear"))

    PRIVACY = PART_PRIVACY | {
        "other_victims": Privacy.CASE,
        "other_victims_details": Privacy.CASE,
        "possible_victims_details": Privacy.CASE,
        "fears_more": Privacy.CASE,
        "fears_more_reasons": Privacy.CASE,
    }
    FIELDSETS = {
        _("Other possible victims"): (
            "other_victims",
            "other_victims_details",
            "possible_victims_details",
        ),
        _("What may come"): ("fears_more", "fears_more_reasons"),
    }


class Police(Part):
    """The crime that the form names, and whether the person will help an investigation."""

    has_crime = yes_or_no(_("is there a crime reference for what was done to them?"))
    crime_force = models.CharField(
        _("police force that holds the crime"), max_length=200, blank=True
    )
    crime_reference = models.CharField(_("crime or CAD reference"), max_length=15_000, blank=True)
    will_help = yes_or_no(_("will they help an investigation or a prosecution?"))
    help_details = in_their_words(_("how they help now, or will"))
    agrees_to_be_named = yes_or_no(
        _("if the Home Office is only notified: do they agree to be named?")
    )

    PRIVACY = PART_PRIVACY | {
        "has_crime": Privacy.CASE,
        "crime_force": Privacy.CASE,
        "crime_reference": Privacy.CASE,
        "will_help": Privacy.CASE,
        "help_details": Privacy.CASE,
        "agrees_to_be_named": Privacy.CASE,
    }
    FIELDSETS = {
        _("Crime"): ("has_crime", "crime_force", "crime_reference"),
        _("Their help"): ("will_help", "help_details", "agrees_to_be_named"),
    }


class Wishes(Part):
    """What the adult wants: support or none, and how and to whom the decision is sent.

    Their own consent is a `victims.ConsentEvent`; here is only why they said no.
    """

    class Phone(models.TextChoices):
        """By which phone support reaches them."""

        OWN = "own", _("Their own phone")
        OTHER = "other", _("Another number")
        NONE = "none", _("No number can be given")

    class Recipient(models.TextChoices):
        """Who receives the Home Office's decision."""

        PERSON = "person", _("The person")
        SOMEONE_ELSE = "someone_else", _("Somebody else")

    refusal_reason = in_their_words(_("why they do not want to be referred"))
    wants_support = yes_or_no(_("do they want support?"))
    phone_way = models.CharField(
        _("how can support reach them?"), max_length=10, choices=Phone.choices, blank=True
    )
    own_phone = EncryptedTextField(_("their own phone number"), blank=True)
    other_phone = EncryptedTextField(_("the other phone number"), blank=True)
    other_phone_whose = models.CharField(_("whose number that is"), max_length=250, blank=True)
    no_phone_reason = in_their_words(_("why no number can be given"))
    recipient = models.CharField(
        _("who receives the decision?"), max_length=15, choices=Recipient.choices, blank=True
    )
    by_email = models.BooleanField(_("write to the person by e-mail"), default=False)
    by_post = models.BooleanField(_("write to the person by post"), default=False)
    email = EncryptedTextField(_("their own e-mail"), blank=True)
    email_safe = models.BooleanField(_("their e-mail is safe to use"), default=False)
    street = EncryptedTextField(_("their building and street"), blank=True)
    town = EncryptedTextField(_("their town or city"), blank=True)
    county = EncryptedTextField(_("their county"), blank=True)
    postcode = EncryptedTextField(_("their postcode"), blank=True)
    post_safe = models.BooleanField(_("their address is safe to use"), default=False)
    other_by_email = models.BooleanField(_("write to the other recipient by e-mail"), default=False)
    other_by_post = models.BooleanField(_("write to the other recipient by post"), default=False)
    other_first_name = models.CharField(
        _("first name of the other recipient"), max_length=15_000, blank=True
    )
    other_last_name = models.CharField(
        _("last name of the other recipient"), max_length=15_000, blank=True
    )
    other_email = EncryptedTextField(_("e-mail of the other recipient"), blank=True)
    other_street = EncryptedTextField(_("building and street of the other recipient"), blank=True)
    other_town = EncryptedTextField(_("town or city of the other recipient"), blank=True)
    other_county = EncryptedTextField(_("county of the other recipient"), blank=True)
    other_postcode = EncryptedTextField(_("postcode of the other recipient"), blank=True)
    other_permitted = models.BooleanField(
        _("the person allowed the decision to go to the other recipient"), default=False
    )

    PRIVACY = PART_PRIVACY | {
        "refusal_reason": Privacy.CASE,
        "wants_support": Privacy.CASE,
        "phone_way": Privacy.CASE,
        "own_phone": Privacy.SEALED,
        "other_phone": Privacy.SEALED,
        "other_phone_whose": Privacy.CASE,
        "no_phone_reason": Privacy.CASE,
        "recipient": Privacy.CASE,
        "by_email": Privacy.CASE,
        "by_post": Privacy.CASE,
        "email": Privacy.SEALED,
        "email_safe": Privacy.CASE,
        "street": Privacy.SEALED,
        "town": Privacy.SEALED,
        "county": Privacy.SEALED,
        "postcode": Privacy.SEALED,
        "post_safe": Privacy.CASE,
        "other_by_email": Privacy.CASE,
        "other_by_post": Privacy.CASE,
        "other_first_name": Privacy.CASE,
        "other_last_name": Privacy.CASE,
        "other_email": Privacy.SEALED,
        "other_street": Privacy.SEALED,
        "other_town": Privacy.SEALED,
        "other_county": Privacy.SEALED,
        "other_postcode": Privacy.SEALED,
        "other_permitted": Privacy.CASE,
    }
    FIELDSETS = {
        _("Not referred"): ("refusal_reason",),
        _("Support"): (
            "wants_support",
            "phone_way",
            "own_phone",
            "other_phone",
            "other_phone_whose",
            "no_phone_reason",
        ),
        _("The decision"): ("recipient",),
        _("Writing to the person"): (
            "by_email",
            "email",
            "email_safe",
            "by_post",
            "street",
            "town",
            "county",
            "postcode",
            "post_safe",
        ),
        _("Writing to somebody else"): (
            "other_first_name",
            "other_last_name",
            "other_by_email",
            "other_email",
            "other_by_post",
            "other_street",
            "other_town",
            "other_county",
            "other_postcode",
            "other_permitted",
        ),
    }
