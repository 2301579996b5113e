"""The room of the app's registration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The app of pages; it has no tables."""

    name = "pages"
    verbose_name = "Pages"
