"""The room of this package's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    """Time: now, calendars, deadlines."""

    name = "clocks"
    verbose_name = _("Time")
    default_auto_field = "django.db.models.BigAutoField"
