"""The room of what agencies offer, and of their word on how many places are free."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.models import Agency, Force, User
from victims.models import NeedKind


class Gender(models.TextChoices):
    """For whom a service is."""

    ANY = "any", _("Anyone")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")


class Access(models.TextChoices):
    """What makes a service usable for somebody with a disability."""

    STEP_FREE = "step_free", _("Step-free, with an accessible toilet")
    SIGN_LANGUAGE = "sign_language", _("British Sign Language")
    EASY_READ = "easy_read", _("Easy read and plain words")
    LOW_VISION = "low_vision", _("For people with little or no sight")
    VISITS = "visits", _("Visits people where they are")


class Service(models.Model):
    """Something an agency offers: which needs it meets, where, for whom, when. Never a safe house's address.

    `forces` are the police areas and `places` the towns and districts in them that it covers (none: all of them).
    `is_public` is the agency's own word that strangers may read of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(_("name"), max_length=200)
    needs = ArrayField(
        models.CharField(max_length=20, choices=NeedKind.choices), verbose_name=_("needs it meets")
    )
    forces = models.ManyToManyField(Force, related_name="+", blank=True)
    languages = ArrayField(
        models.CharField(max_length=100), verbose_name=_("languages"), default=list, blank=True
    )
    gender = models.CharField(_("for"), max_length=10, choices=Gender.choices, default=Gender.ANY)
    takes_children = models.BooleanField(_("takes children"), default=False)
    places = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("towns and districts"),
        default=list,
        blank=True,
    )
    access = ArrayField(
        models.CharField(max_length=20, choices=Access.choices),
        verbose_name=_("accessibility"),
        default=list,
        blank=True,
    )
    hours = models.CharField(_("hours"), max_length=100, blank=True)
    urgent_cover = models.BooleanField(_("answers urgent referrals day and night"), default=False)
    usual_answer_hours = models.PositiveSmallIntegerField(
        _("usually answers in (hours)"), null=True, blank=True
    )
    is_active = models.BooleanField(_("offered now"), default=True)
    is_public = models.BooleanField(_("in the public directory"), default=False)
    listed_at = models.DateTimeField(default=clocks.now)
    changed_at = models.DateTimeField(default=clocks.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("agency__name", "name")
        constraints = (
            models.CheckConstraint(
                condition=~Q(needs=[]),
                name="service_meets_a_need",
                violation_error_message=_("Choose at least one need that the service meets."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(needs__contains=["safe_house"]) | Q(places=[]),
                name="service_safe_house_tells_no_place",
                violation_error_message=_(
                    "A safe place to stay is shown to the public without towns or districts."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name


class CapacityWord(models.Model):
    """The agency's word on how many places a service has free, as of a moment. The latest counts; none is altered."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="capacity_words")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    places_free = models.PositiveSmallIntegerField(_("places free"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at", "pk")
        indexes = (models.Index(fields=("service", "-at"), name="capacity_latest"),)

    def __str__(self) -> str:
        return f"{self.service_id} {self.places_free}"
