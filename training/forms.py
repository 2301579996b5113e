"""The room of what the pages about training ask."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.actors import Actor
from accounts.models import Unit, User
from accounts.permissions import AGENCY_ROLES, Role
from pages.forms import Checkboxes, CsvField, DateField, Radios, TickField
from training.actions import expiry
from training.models import Booking, Course, LearningKind, Purpose, training_reach
from training.models.courses import LEAST_HOURS, MOST_HOURS
from training.models.learning import MOST_HOURS_A_DAY
from training.standing import State

LOOKS_AHEAD = timedelta(days=90)
WIDTH_20 = {"class": "govuk-input--width-20"}


class HoursField(forms.DecimalField):
    """How long something took, in hours with one place behind the point."""

    def __init__(self, *, most: Decimal = MOST_HOURS, **kwargs: Any) -> None:
        wrong = {
            "invalid": _("Enter the hours as a number, for example 1.5"),
            "min_value": _("It must take half an hour or more"),
            "max_value": _("It must take %(limit_value)s hours or fewer"),
            "max_decimal_places": _("Enter the hours with one place behind the point, like 1.5"),
            "max_digits": _("Enter the hours as a number, for example 1.5"),
            "max_whole_digits": _("Enter the hours as a number, for example 1.5"),
        }
        kwargs["error_messages"] = wrong | kwargs.get("error_messages", {})
        attrs = {"class": "govuk-input--width-4", "inputmode": "decimal"}
        super().__init__(
            min_value=LEAST_HOURS,
            max_value=most,
            max_digits=4,
            decimal_places=1,
            widget=forms.TextInput(attrs=attrs),
            **kwargs,
        )


class RegisterForm(forms.Form):
    """Which part of the register is shown."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("All units")
    )
    course = forms.ModelChoiceField(
        Course.objects.none(), label=_("Course"), required=False, empty_label=_("All courses")
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *State.choices]
    )
    on = DateField(
        label=_("On which day?"),
        what=_("the day"),
        required=False,
        help_text=_("Empty: today. A day of the past, or of the next 90 days."),
    )

    def __init__(self, *args: Any, units: Any, actor: Actor, **kwargs: Any) -> None:
        """`units`: those that the viewer may choose."""
        super().__init__(*args, **kwargs)
        for name, rows in (("unit", units), ("course", Course.objects.of_force(actor.force_id))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            field.error_messages["invalid_choice"] = _("Choose one from the list")

    def clean_on(self) -> date | None:
        """Nobody can say what will have been recorded later than that."""
        on: date | None = self.cleaned_data["on"]
        if on and on > clocks.today() + LOOKS_AHEAD:
            raise forms.ValidationError(_("The day must be in the past or within the next 90 days"))
        return on

    @property
    def day(self) -> date:
        """The day that was asked for, else today in London."""
        return self.cleaned_data.get("on") or clocks.today()


class HoursForm(forms.Form):
    """Whose hours, in the twelve months to which day."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("All units")
    )
    on = DateField(
        label=_("In the twelve months to which day?"),
        what=_("the day"),
        required=False,
        past=True,
        help_text=_("Empty: to today."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        """`units`: those that the viewer may choose."""
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units
        unit.error_messages["invalid_choice"] = _("Choose one from the list")

    @property
    def day(self) -> date:
        """The day that was asked for, else today in London."""
        return self.cleaned_data.get("on") or clocks.today()


class LearningForm(forms.Form):
    """What one learned without a course."""

    kind = forms.TypedChoiceField(
        label=_("What was it?"),
        choices=LearningKind.choices,
        coerce=LearningKind,
        widget=Radios(),
        error_messages={"required": _("Select what it was")},
    )
    about = forms.CharField(
        label=_("What was it about?"),
        help_text=_("A few words, without the name of anybody or the number of a case."),
        max_length=200,
        error_messages={"required": _("Enter what it was about")},
    )
    done_on = DateField(label=_("When was it?"), what=_("the date it was"), past=True)
    hours = HoursField(
        label=_("How many hours did it take?"),
        help_text=_("For example, 1.5"),
        most=MOST_HOURS_A_DAY,
        error_messages={"required": _("Enter how many hours it took")},
    )


class OfActorForm(forms.Form):
    """A form that asks differently by who fills it in."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor


class OfCourseForm(OfActorForm):
    """A course that the viewer's force knows, and who provides it: whoever usually does, where nobody is named."""

    course = forms.ModelChoiceField(
        Course.objects.none(),
        label=_("Course"),
        empty_label=_("Choose a course"),
        error_messages={"required": _("Choose the course")},
    )
    provider = forms.CharField(
        label=_("Provider"),
        help_text=_("Leave empty for the course's usual provider."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course = self.fields["course"]
        assert isinstance(course, forms.ModelChoiceField)
        course.queryset = Course.objects.of_force(self.actor.force_id)

    def clean(self) -> dict[str, Any]:
        """The provider is the course's usual one, or was named."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if course := told.get("course"):
            told["provider"] = told.get("provider") or course.provider
            if not told["provider"]:
                self.add_error("provider", _("Enter the provider: this course has no usual one"))
        return told


class OfficerForm(OfActorForm):
    """One officer whose training the viewer may see, by sign-in name."""

    officer = forms.CharField(
        label=_("Officer's sign-in name"),
        max_length=150,
        widget=forms.TextInput(attrs=WIDTH_20),
        error_messages={"required": _("Enter the officer's sign-in name")},
    )

    def clean_officer(self) -> User:
        """The officer of the viewer's force with this sign-in name."""
        people = User.objects.active().filter(training_reach(self.actor), force=self.actor.force_id)
        found: User | None = people.filter(username__iexact=self.cleaned_data["officer"]).first()
        if found is None:
            raise forms.ValidationError(_("No officer of your force has this sign-in name"))
        return found


class RecordForm(OfCourseForm, OfficerForm):
    """Who completed what, where and when."""

    completed_on = DateField(
        label=_("When did they complete it?"), what=_("the date they completed it"), past=True
    )
    expires_on = DateField(
        label=_("When does it expire?"),
        what=_("the date it expires"),
        required=False,
        help_text=_("Leave empty to use how long the course lasts."),
    )
    hours = HoursField(
        label=_("How many hours did it take?"),
        required=False,
        help_text=_("Leave empty if it took as long as the course usually does."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["officer"])

    def clean(self) -> dict[str, Any]:
        """What was left empty is as the course says."""
        told = super().clean()
        course, completed_on = told.get("course"), told.get("completed_on")
        if course is None or completed_on is None:
            return told
        if "expires_on" in told and told["expires_on"] is None:
            told["expires_on"] = expiry(course, completed_on)
        if told.get("expires_on") and told["expires_on"] < completed_on:
            self.add_error("expires_on", _("The date it expires must be after it was completed"))
        return told


class PlacesForm(forms.Form):
    """Where a course is held, and for how many."""

    where = forms.CharField(
        label=_("Where is it?"),
        help_text=_("A building and a room, or that it is online."),
        max_length=200,
        error_messages={"required": _("Enter where it is")},
    )
    places = forms.IntegerField(
        label=_("How many places?"),
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how many places there are"),
            "invalid": _("Enter a whole number of places, for example 12"),
            "min_value": _("There must be at least 1 place"),
            "max_value": _("There must be 500 places or fewer"),
        },
    )


class DateForm(OfCourseForm, PlacesForm):
    """When and where a course is held."""

    begins_on = DateField(label=_("First day"), what=_("the first day"))
    ends_on = DateField(
        label=_("Last day"),
        what=_("the last day"),
        required=False,
        help_text=_("Leave empty if it is one day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["course", "provider", "begins_on", "ends_on", "where", "places"])

    def clean(self) -> dict[str, Any]:
        """A day to come; what was left empty is as the course says, or one day."""
        told = super().clean()
        begins_on = told.get("begins_on")
        if begins_on is None:
            return told
        if begins_on < clocks.today():
            self.add_error("begins_on", _("The first day must be today or in the future"))
        if "ends_on" in told:
            told["ends_on"] = told["ends_on"] or begins_on
            if told["ends_on"] < begins_on:
                self.add_error("ends_on", _("The last day must not be before the first"))
        return told


class AttendedForm(forms.Form):
    """Who of those with a place came."""

    attended = forms.MultipleChoiceField(
        label=_("Who attended?"),
        help_text=_("Tick everybody who was there to the end. The others are marked as absent."),
        widget=Checkboxes,
        required=False,
    )

    def __init__(self, *args: Any, bookings: Iterable[Booking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attended = self.fields["attended"]
        assert isinstance(attended, forms.MultipleChoiceField)
        attended.choices = [(str(each.pk), each.user.name) for each in bookings]

    def clean_attended(self) -> set[UUID]:
        """The bookings that were ticked."""
        return {UUID(each) for each in self.cleaned_data["attended"]}


class ProofForm(forms.Form):
    """A certificate or a class list."""

    file = forms.FileField(
        label=_("Choose a file"),
        allow_empty_file=True,  # what is in it is judged in one place
        max_length=None,
        error_messages={"required": _("Choose a file")},
    )


class ImportForm(forms.Form):
    """A CSV from another system."""

    file = CsvField(
        help_text=_(
            "Its first line names the columns: officer, course, provider, completed, expires."
            " It may have one more: hours."
        )
    )


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A course of the force's own."""

    hours = HoursField(
        label=_("How many hours does it usually take?"),
        required=False,
        help_text=_("Leave empty to ask it of whoever records that somebody completed it."),
    )

    class Meta:
        model = Course
        fields = ("name", "provider", "lasts_months", "hours", "source")
        error_messages = {
            "name": {"required": _("Enter the name of the course")},
            "lasts_months": {"invalid": _("Enter a whole number of months, or leave it empty")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.fields["lasts_months"]
        months.widget = forms.TextInput(
            attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}
        )
        self.fields["source"].label = _("Who says so")


class TakeForm(forms.Form):
    """Another course for which the force takes this one, and who says so."""

    counts_for = forms.ModelChoiceField(
        Course.objects.none(),
        label=_("For which course does it count?"),
        empty_label=_("Choose a course"),
        error_messages={"required": _("Choose the course for which it counts")},
    )
    source = forms.CharField(
        label=_("Who says so?"),
        help_text=_("For example, a decision of your head of learning, with its date."),
        max_length=200,
        error_messages={"required": _("Enter who says so")},
    )

    def __init__(self, *args: Any, course: Course, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts_for = self.fields["counts_for"]
        assert isinstance(counts_for, forms.ModelChoiceField)
        counts_for.queryset = Course.objects.of_force(actor.force_id).exclude(pk=course.pk)


class AskForm(forms.Form):
    """Who must have a course, for what."""

    role = forms.ChoiceField(
        label=_("Who must have it?"),
        choices=[(role.value, role.label) for role in Role if role not in AGENCY_ROLES],
    )
    purpose = forms.ChoiceField(
        label=_("For what?"),
        choices=Purpose.choices,
        widget=Radios(),
        error_messages={"required": _("Select what it is needed for")},
    )
    blocks = TickField(
        label=_("Without it a reason must be given"),
        help_text=_("Somebody else reads the reason. Not ticked: only a warning is shown."),
        required=False,
    )
