"""The room of what the pages about people ask."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm as LibrarySetPasswordForm
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.actors import Actor
from accounts.blind import reached_by
from accounts.exported import ExportReason
from accounts.gates import record_of
from accounts.mailboxes import MailboxField
from accounts.models import AbsenceKind, Force, OfficerGender, Unit, User, Weekday
from accounts.permissions import AGENCY_ROLES, Role
from accounts.reasons import AsksWhy
from pages.forms import Checkboxes, DateField, Radios, TickField, TimeField

PASSWORD_HELP = _("At least 14 characters. Three or four random words are easy to remember.")
WHAT_TIME = {
    "required": _("Enter a time, for example 5:30pm or 17:30"),
    "invalid": _("Enter a time, for example 5:30pm or 17:30"),
}
PEOPLE_OF_AGENCIES = (Role.AGENCY_WORKER, Role.AGENCY_ADMINISTRATOR)
WIDTH_20 = {"class": "govuk-input--width-20"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Who signs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["login"].error_messages["required"] = _("Enter your sign-in name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Enter your password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        """Sign-in names are kept in small letters, so that changing case is no way round the lock-out."""
        return str(super().clean_login()).lower()


class ChangePasswordForm(LibraryChangePasswordForm):  # type: ignore[misc]
    """A new password for oneself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": (_("Your password now"), "", _("Enter your password as it is now")),
            "password1": (_("New password"), PASSWORD_HELP, _("Enter a new password")),
            "password2": (_("The new password again"), "", _("Enter the new password again")),
        }
        for name, (label, help_text, required) in labels.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.error_messages["required"] = required
            field.widget.attrs.pop("placeholder", None)


class SetPasswordForm(LibrarySetPasswordForm):  # type: ignore[type-arg]
    """The first password, or one in place of a forgotten one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = PASSWORD_HELP
        self.fields["new_password1"].error_messages["required"] = _("Enter a new password")
        self.fields["new_password2"].label = _("The new password again")
        self.fields["new_password2"].help_text = ""
        self.fields["new_password2"].error_messages["required"] = _("Enter the new password again")


class FindPersonForm(forms.Form):
    """Whom one looks for; posted, so that no name stands in an address."""

    words = forms.CharField(label=_("Name or sign-in name"), required=False, max_length=100)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody of the force."""

    class Meta:
        model = User
        fields = ("name", "email", "mobile", "unit", "languages", "officer_gender")
        field_classes: ClassVar = {"email": MailboxField}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, unit = self.fields["name"], self.fields["unit"]
        name.label, name.help_text = _("Name"), _("With rank, as colleagues say it.")
        name.error_messages["required"] = _("Enter their name")
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Unit.objects.filter(force=actor.force_id, is_active=True)
        unit.label, unit.empty_label = _("Unit"), str(_("No unit"))
        self.fields["languages"].help_text = _("For example English, Polish.")
        gender = self.fields["officer_gender"]
        assert isinstance(gender, forms.ChoiceField)
        gender.label = _("People who would rather speak to a woman or a man are offered them as")
        gender.help_text = _("Only as the officer wishes; it may stay empty.")
        gender.choices = [("", _("Not said")), *OfficerGender.choices]
        self.fields["mobile"].help_text = _(
            "Gets a text when an e-mail cannot be delivered. It says nothing of any case."
        )

    def clean_mobile(self) -> str:
        """The number as a phone network writes it."""
        typed: str = self.cleaned_data["mobile"].strip()
        found = {way for way in reached_by(typed) if way.startswith("+")}
        if typed and len(found) != 1:
            raise ValidationError(_("Enter a mobile number, like 07700 900123"))
        return found.pop() if found else ""


class NewPersonForm(PersonForm):
    """Somebody new, with the name they will sign in with."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]+$",
        label=_("Sign-in name"),
        max_length=150,
        help_text=_("For example their collar number. It cannot be changed later."),
        widget=forms.TextInput(attrs=WIDTH_20),
        error_messages={
            "required": _("Enter a sign-in name"),
            "invalid": _("A sign-in name has only letters, digits, dots and dashes"),
        },
    )
    field_order = ("username", "name", "email", "mobile", "unit", "languages", "officer_gender")


class KeyForm(forms.Form):
    """A key for one system."""

    name = forms.CharField(
        label=_("What is the key for?"),
        help_text=_(
            "For example the name of your case system. You will know by it which key to revoke."
        ),
        max_length=100,
        error_messages={"required": _("Enter what the key is for")},
    )


class RolesForm(forms.Form):
    """What somebody may do."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role, role.label) for role in Role if role not in AGENCY_ROLES],
        widget=Checkboxes(),
    )

    def __init__(self, *args: Any, of_agency: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_agency:
            choices = self.fields["roles"]
            assert isinstance(choices, forms.MultipleChoiceField)
            choices.choices = [(role, role.label) for role in PEOPLE_OF_AGENCIES]


class ShiftsForm(forms.Form):
    """From when until when somebody is on duty, day by day; a day left empty is a day off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in Weekday:
            for name, words in (("from", _("%s from")), ("until", _("%s until"))):
                self.fields[f"{name}_{day.value}"] = TimeField(
                    label=words % day.label, required=False, help_text=""
                )

    def clean(self) -> dict[str, Any]:
        """A day has both times or none; read as `week`."""
        answers: dict[str, Any] = super().clean() or {}
        week: dict[int, tuple[time, time]] = {}
        for day in Weekday:
            starts, ends = (answers.get(f"{name}_{day.value}") for name in ("from", "until"))
            if starts is not None and ends is not None:
                week[day.value] = (starts, ends)
            for name, given, other in (("from", starts, ends), ("until", ends, starts)):
                field = f"{name}_{day.value}"
                if given is None and other is not None and field not in self.errors:
                    self.add_error(field, _("Enter both times, or neither for a day off"))
        answers["week"] = week
        return answers


class FromUntilForm(forms.Form):
    """From one moment to another, by the clock on the wall in London: answers hold `starts_at` and `ends_at`."""

    starts_on = DateField(label=_("From which day"), what=_("the first day"), future=True)
    starts = TimeField(label=_("From what time"), error_messages=WHAT_TIME)
    ends_on = DateField(label=_("Until which day"), what=_("the last day"), future=True)
    ends = TimeField(label=_("Until what time"), error_messages=WHAT_TIME)

    def clean(self) -> dict[str, Any]:
        """Both ends as instants, in order."""
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name in ("starts", "ends"):
                wall = datetime.combine(answers[f"{name}_on"], answers[name], clocks.LONDON)
                answers[f"{name}_at"] = wall
            if answers["ends_at"] <= answers["starts_at"]:
                self.add_error("ends", _("It must end after it starts"))
            elif answers["ends_at"] <= clocks.now():
                self.add_error("ends", _("That time is over"))
        return answers


class ShiftChangeForm(FromUntilForm):
    """A time that is different for once."""

    field_order = ("what",)
    what = forms.ChoiceField(
        label=_("What is different?"),
        choices=[("on", _("They are on duty in this time")), ("off", _("They are not on duty"))],
        widget=Radios(),
        error_messages={"required": _("Choose what is different")},
    )


class OnCallForm(FromUntilForm):
    """Which specialist is on call, from when to when."""

    field_order = ("who",)
    who = forms.ModelChoiceField(
        label=_("Who is on call?"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=Radios(),
        error_messages={"required": _("Choose who is on call")},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = people
        who.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]


class ForceContactForm(forms.Form):
    """A number to ring: whose, what about, and when somebody answers."""

    name = forms.CharField(
        label=_("Who is it?"),
        help_text=_("A role or a body, such as “Regional organised crime unit”. Never a victim."),
        max_length=80,
        error_messages={"required": _("Enter who it is")},
    )
    what_for = forms.CharField(
        label=_("What to ring them about"),
        max_length=200,
        error_messages={"required": _("Enter what to ring them about")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        error_messages={"required": _("Enter the phone number")},
    )
    hours = forms.CharField(
        label=_("When do they answer?"),
        help_text=_("Such as “Day and night”."),
        max_length=80,
        error_messages={"required": _("Enter when they answer")},
    )


class AbsenceForm(forms.Form):
    """When somebody is away and who covers."""

    kind = forms.ChoiceField(
        label=_("Why they are away"),
        choices=AbsenceKind.choices,
        widget=Radios(),
        error_messages={"required": _("Choose why they are away")},
    )
    first_day = DateField(label=_("First day away"), what=_("the first day away"), future=True)
    last_day = DateField(label=_("Last day away"), what=_("the last day away"), future=True)
    cover = forms.ModelChoiceField(
        label=_("Who covers"),
        help_text=_("They will see the cases of the person who is away, and get the reminders."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody: the duty supervisor gets the reminders"),
    )
    cover_name = forms.CharField(
        label=_("Or the sign-in name of somebody in another unit"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs=WIDTH_20),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        near = Q(unit=user.unit_id) | Q(supervisions__unit=user.unit_id)
        cover = self.fields["cover"]
        assert isinstance(cover, forms.ModelChoiceField)
        if user.unit_id:
            cover.queryset = (
                User.objects.active()
                .filter(near, force=user.force_id)
                .exclude(pk=user.pk)
                .distinct()
            )

    def clean_cover_name(self) -> User | None:
        """The person with that sign-in name in the same force."""
        typed = self.cleaned_data["cover_name"].strip()
        if not typed:
            return None
        found = User.objects.active().filter(username__iexact=typed, force=self.user.force_id)
        if (person := found.first()) is None:
            raise ValidationError(_("Nobody in your force has this sign-in name"))
        return person

    def clean(self) -> dict[str, Any]:
        """The days in order, and one person who covers."""
        answers: dict[str, Any] = super().clean() or {}
        first, last = answers.get("first_day"), answers.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day away must not be before the first"))
        if answers.get("cover") and answers.get("cover_name"):
            self.add_error("cover_name", _("Choose one person, not two"))
        return answers

    def period(self) -> tuple[datetime, datetime]:
        """From now, or the start of the first day, to the end of the last day."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        starts = timezone.make_aware(datetime.combine(first, time.min))
        ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        return max(starts, clocks.now()), ends

    def chosen_cover(self) -> User | None:
        """Whoever covers."""
        cover: User | None = self.cleaned_data["cover"] or self.cleaned_data["cover_name"]
        return cover


class DayForm(forms.Form):
    """One day that is off, or worked, for the whole force."""

    falls_on = DateField(label=_("Which day?"), what=_("the day"), future=True)
    working = forms.ChoiceField(
        label=_("What is it?"),
        choices=(
            ("off", _("A day off: it does not count as a working day")),
            ("worked", _("A working day, although it is a bank holiday or weekend")),
        ),
        widget=Radios(),
        error_messages={"required": _("Choose what it is")},
    )
    name = forms.CharField(
        label=_("What do people call it?"),
        help_text=_("For example: Force day. Everybody in the force sees this."),
        max_length=100,
        widget=forms.TextInput(attrs=WIDTH_20),
        error_messages={"required": _("Enter what people call the day")},
    )


class AsksWhyForm(forms.Form):
    """Whom the force asks why they open a case."""

    asks_why = forms.ChoiceField(
        label=_("Who is asked why they open a case?"),
        help_text=_(
            "Once a day for each case. Whoever owns it, covers or is named on it never is."
        ),
        choices=AsksWhy.choices,
        widget=Radios(),
        error_messages={"required": _("Select who is asked")},
    )


class UnitForm(forms.ModelForm):  # type: ignore[type-arg]
    """A unit of the force."""

    class Meta:
        model = Unit
        fields = ("name", "duty_phone")
        widgets = {"duty_phone": forms.TextInput(attrs={"type": "tel", **WIDTH_20})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the unit")
        self.fields["name"].error_messages["required"] = _("Enter the name of the unit")
        self.fields["duty_phone"].label = _("Duty phone")


class SupervisorsForm(forms.Form):
    """Who supervises a unit: the first of them who is present is on duty."""

    is_active = TickField(label=_("The unit is in use"), required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        now = [row.user_id for row in unit.supervisions.all()]
        places = [f"supervisor_{number}" for number in range(1, max(3, len(now) + 1) + 1)]
        kwargs["initial"] = {"is_active": unit.is_active, **dict(zip(places, now, strict=False))}
        super().__init__(*args, **kwargs)
        self.places = places
        fit = User.objects.active().filter(
            force=unit.force_id, roles__role__in=(Role.SUPERVISOR, Role.SPECIALIST_LEAD)
        )
        for number, place in enumerate(places, start=1):
            self.fields[place] = forms.ModelChoiceField(
                label=_("Supervisor %(number)s") % {"number": number},
                queryset=fit.distinct(),
                required=False,
                empty_label=_("Nobody"),
            )

    def people(self) -> list[User]:
        """The supervisors in order."""
        return [self.cleaned_data[place] for place in self.places if self.cleaned_data[place]]


class AgencyForm(forms.Form):
    """A support agency."""

    name = forms.CharField(
        label=_("Name of the agency"),
        max_length=200,
        error_messages={"required": _("Enter the name of the agency")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", **WIDTH_20}),
    )
    email = MailboxField(label=_("E-mail for notices"), required=False)
    is_active = TickField(label=_("The agency takes referrals"), required=False, initial=True)
    kept_by = forms.ModelChoiceField(
        label=_("Force that looks after it"),
        help_text=_("Its administrators alone change the agency and who signs in for it."),
        queryset=Force.objects.order_by("name"),
        empty_label=None,
        error_messages={"required": _("Choose the force that looks after the agency")},
    )


class AgencyWorkerForm(forms.Form):
    """Somebody who works for an agency."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]+$",
        label=_("Sign-in name"),
        max_length=150,
        widget=forms.TextInput(attrs=WIDTH_20),
        error_messages={
            "required": _("Enter a sign-in name"),
            "invalid": _("A sign-in name has only letters, digits, dots and dashes"),
        },
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter their name")}
    )
    email = MailboxField(label=_("Work e-mail"), required=False)


class AuditFilterForm(forms.Form):
    """Which events an auditor looks for; posted, so that no sign-in name stands in an address."""

    username = forms.CharField(
        label=_("Sign-in name of who did it"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs=WIDTH_20),
    )
    reference = forms.CharField(
        label=_("Reference of the case"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=WIDTH_20),
    )
    verb = forms.RegexField(
        r"^[a-z_.-]*$",
        label=_("What was done begins with"),
        help_text=_("For example case. or access.refused or session."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=WIDTH_20),
        error_messages={"invalid": _("Enter small letters and dots, for example case.viewed")},
    )
    first_day = DateField(label=_("From"), what=_("the first day"), required=False, past=True)
    last_day = DateField(label=_("To"), what=_("the last day"), required=False, past=True)

    def clean_reference(self) -> UUID | None:
        """The record that has this reference in one's own force, closely held ones too."""
        typed = self.cleaned_data["reference"].strip()
        if not typed:
            return None
        found = next((answer(typed) for answer in record_of.answers), None)
        if found is None:
            raise ValidationError(_("No case of your force has this reference"))
        return found

    def clean_username(self) -> User | None:
        """The person, whatever force: the list itself shows only one's own force's events."""
        typed = self.cleaned_data["username"].strip()
        if not typed:
            return None
        if (person := User.objects.filter(username__iexact=typed).first()) is None:
            raise ValidationError(_("Nobody has this sign-in name"))
        return person


class ExportForm(forms.Form):
    """Why a file is to leave, and for whom."""

    reason = forms.ChoiceField(
        label=_("Why do you need it?"),
        choices=ExportReason.choices,
        widget=Radios(),
        error_messages={"required": _("Select why you need it")},
    )
    words = forms.CharField(
        label=_("In your own words, for whoever reads the record later"),
        help_text=_("For example: team meeting on Monday, to share out Petra's cases"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say in your own words why you need it"),
            "min_length": _("Say a little more, so that somebody else understands why"),
        },
    )
    goes = forms.ChoiceField(
        label=_("Who will get it?"),
        choices=[
            ("inside", _("Only people of this force")),
            ("outside", _("Somebody outside this force")),
        ],
        widget=Radios(),
        error_messages={"required": _("Select who will get it")},
    )
    recipient = forms.CharField(
        label=_("If outside: which person or body"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=WIDTH_20),
    )

    def clean(self) -> dict[str, Any]:
        """Somebody outside is named, and named only then."""
        answers: dict[str, Any] = super().clean() or {}
        goes, recipient = answers.get("goes"), answers.get("recipient", "")
        if goes == "outside" and not recipient:
            self.add_error("recipient", _("Enter who outside the force will get it"))
        if goes == "inside":
            answers["recipient"] = ""
        return answers


class ExportDecisionForm(forms.Form):
    """A second person's decision on a long list."""

    agreed = forms.ChoiceField(
        label=_("May it leave?"),
        choices=[("yes", _("Yes, within the next 24 hours")), ("no", _("No"))],
        widget=Radios(),
        error_messages={"required": _("Select whether it may leave")},
    )
    note = forms.CharField(
        label=_("What you checked, or why not"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say what you checked, or why not"),
            "min_length": _("Say a little more, so that somebody else understands why"),
        },
    )
