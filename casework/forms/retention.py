"""The room of what is asked about keeping a closed case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import RetentionDecision, RetentionGroup
from pages.forms import DateField, Radios

MOST = 1000
FEW_ROWS = {"rows": 3}


class HoldForm(forms.Form):
    """Why a case must be kept."""

    why = forms.CharField(
        label=_("Why must it be kept?"),
        help_text=_("For example: an appeal, an inquiry, a claim"),
        max_length=MOST,
        widget=forms.Textarea(attrs=FEW_ROWS),
        error_messages={"required": _("Say why it must be kept")},
    )
    until = DateField(
        label=_("Until which day?"),
        what=_("the last day of the hold"),
        help_text=_("Leave it empty if nobody knows; then somebody ends it"),
        required=False,
        future=True,
    )


class RetentionForm(forms.Form):
    """What a review of a closed case came to."""

    group = forms.ChoiceField(
        label=_("Which group is it?"),
        choices=RetentionGroup.choices,
        widget=Radios(),
        error_messages={"required": _("Select the group")},
    )
    decision = forms.ChoiceField(
        label=_("What happens to it?"),
        choices=RetentionDecision.choices,
        widget=Radios(),
        error_messages={"required": _("Select what happens to it")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Is it still needed, accurate and not more than is needed?"),
        max_length=MOST,
        widget=forms.Textarea(attrs=FEW_ROWS),
        error_messages={"required": _("Say why")},
    )


class DisposalForm(forms.Form):
    """A second person's decision on a disposal."""

    agreed = forms.ChoiceField(
        label=_("Is it disposed of?"),
        choices=[("yes", _("Yes, now. It cannot be brought back")), ("no", _("No, it is kept"))],
        widget=Radios(),
        error_messages={"required": _("Select whether it is disposed of")},
    )
    note = forms.CharField(
        label=_("What you checked, or why not"),
        max_length=MOST,
        widget=forms.Textarea(attrs=FEW_ROWS),
        error_messages={"required": _("Say what you checked, or why not")},
    )
