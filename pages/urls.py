"""The room of the addresses that belong to no app."""

from django.urls import path

from pages import views

urlpatterns = [
    path("theme", views.set_theme, name="theme"),
    path("stay-signed-in", views.stay_signed_in, name="stay-signed-in"),
    path("hidden", views.hidden, name="hidden"),
    path("help", views.notice, {"page": "help"}, name="help"),
    path("cookies", views.notice, {"page": "cookies"}, name="cookies"),
    path("accessibility", views.notice, {"page": "accessibility"}, name="accessibility"),
    path("privacy", views.notice, {"page": "privacy"}, name="privacy"),
    path("gallery", views.gallery, name="gallery"),
]
