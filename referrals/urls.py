"""The room of the addresses of `referrals`: officers' pages, the agency inbox, and the agencies' API."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from rest_framework.views import APIView

from referrals.api import directory as api_directory
from referrals.api import docs, events, open_referral
from referrals.api import sandbox as api_sandbox
from referrals.api import views as api
from referrals.api import voice as api_voice
from referrals.views import (
    directory,
    inbox,
    officer,
    outside,
    sandbox,
    sending,
    voice,
    webhooks,
)

app_name = "referrals"
# The agencies' API, which is there twice: over real referrals, and in the sandbox over invented people.
API: list[tuple[str, type[APIView], str]] = [
    ("token", api.Token, "token"),
    ("referrals", api.Referrals, "referrals"),
    ("referrals/<uuid:pk>", api.Referral, "referral"),
    *((f"referrals/<uuid:pk>/{name}", act, name) for name, act in api.ACTS.items()),
    ("referrals/<uuid:pk>/voice", api_voice.Voice, "voice"),
    ("questions", api_voice.Questions, "questions"),
    ("events", events.Events, "events"),
    ("services", api_directory.Services, "services"),
    ("services/<uuid:pk>", api_directory.OneService, "service"),
    ("services/<uuid:pk>/capacity", api_directory.Capacity, "capacity"),
]
ONLY_IN_SANDBOX: list[tuple[str, type[APIView], str]] = [
    ("scenarios", api_sandbox.Scenarios, "scenarios"),
    ("scenarios/<slug:name>", api_sandbox.Scenario, "scenario"),
]


def pages_of_webhooks(under: str, named: str, **side: bool) -> list[URLPattern]:
    """Where an agency's administrators look after its webhooks: there twice, as the API is."""
    own = f"{under}/webhooks/<uuid:pk>"
    found: list[tuple[str, Callable[..., HttpResponse], dict[str, Any], str]] = [
        (f"{under}/webhooks", webhooks.webhooks, side, "webhooks"),
        (f"{under}/webhooks/new", webhooks.webhook_new, side, "webhook-new"),
        (own, webhooks.webhook, side, "webhook"),
        (f"{own}/remove", webhooks.webhook_end, side, "webhook-end"),
        (f"{own}/secret", webhooks.webhook_secret, side, "webhook-secret"),
        (f"{own}/again", webhooks.deliver_again, side, "deliver-all-again"),
        (f"{own}/log/<uuid:delivery>", webhooks.delivery, side, "delivery"),
        (f"{own}/log/<uuid:delivery>/again", webhooks.deliver_again, side, "deliver-again"),
        *(
            (f"{own}/{name}", webhooks.webhook_act, {"name": name, **side}, f"webhook-{name}")
            for name in webhooks.ACTS
            if not (side and name == "confirm")  # whoever sets one of the sandbox has confirmed it
        ),
    ]
    return [path(at, view, given, name=f"{named}{name}") for at, view, given, name in found]


urlpatterns: list[URLPattern | URLResolver] = [
    path("case/<str:reference>/referrals", officer.case_referrals, name="case-referrals"),
    path("case/<str:reference>/referrals/new", sending.needs, name="referral-new"),
    path("case/<str:reference>/referrals/agencies", sending.agencies, name="referral-agencies"),
    path("referral/<uuid:pk>", officer.referral, name="referral"),
    path("referral/<uuid:pk>/share", sending.share, name="referral-share"),
    path("referral/<uuid:pk>/check", sending.check_and_send, name="referral-check"),
    path("referral/<uuid:pk>/answer/<uuid:question>", officer.answer, name="referral-answer"),
    path("referral/<uuid:pk>/withdraw", officer.withdraw, name="referral-withdraw"),
    path("referral/<uuid:pk>/in-error", officer.in_error, name="referral-in-error"),
    path(
        "referral/<uuid:pk>/no-other-support",
        officer.no_other_support,
        name="referral-no-other-support",
    ),
    path("referral/<uuid:pk>/ask-instead", officer.ask_instead, name="referral-ask-instead"),
    path("referral/<uuid:pk>/renew", officer.renew, name="referral-renew"),
    path("referral/<uuid:pk>/told-to-stop", officer.told_to_stop, name="referral-told-to-stop"),
    path("referral/<uuid:pk>/agency-told", officer.agency_told, name="referral-agency-told"),
    path("agencies", directory.agencies, name="agencies"),
    path("agencies/may-see", directory.may_see, name="may-see"),
    path("lists", outside.lists, name="lists"),
    path("lists/<uuid:pk>", outside.preview, name="list"),
    path("lists/mismatch/<uuid:pk>", outside.mismatch, name="mismatch"),
    path("agency", inbox.inbox, name="inbox"),
    path("agency/services", directory.services, name="services"),
    path("agency/services/new", directory.service_new, name="service-new"),
    path("agency/services/<uuid:pk>", directory.service, name="service"),
    path("agency/services/<uuid:pk>/capacity", directory.capacity, name="service-capacity"),
    path("agency/<uuid:pk>", inbox.referral, name="inbox-referral"),
    *(
        path(f"agency/<uuid:pk>/{name}", inbox.act, {"name": name}, name=f"inbox-{name}")
        for name in inbox.ACTS
    ),
    path("agency/<uuid:pk>/voice", voice.voice, name="inbox-voice"),
    path(
        "agency/<uuid:pk>/voice/<slug:point>/<slug:language>",
        voice.voice_ask,
        name="inbox-voice-ask",
    ),
    path("agency/sandbox", sandbox.sandbox, name="sandbox"),
    path("agency/sandbox/send", sandbox.send, name="sandbox-send"),
    path("agency/sandbox/<uuid:pk>/answer", sandbox.answer, name="sandbox-answer"),
    path("agency/sandbox/empty", sandbox.empty, name="sandbox-empty"),
    path("agency/sandbox/keys/new", sandbox.key_new, name="sandbox-key-new"),
    *pages_of_webhooks("agency", ""),
    *pages_of_webhooks("agency/sandbox", "sandbox-", sandbox=True),
    path("agencies/manage/webhooks", webhooks.webhooks_of_agencies, name="webhooks-of-agencies"),
    *(
        path(
            f"agencies/manage/webhooks/<uuid:pk>/{name}",
            webhooks.webhook_decide,
            {"name": name},
            name=f"webhook-decide-{name}",
        )
        for name in ("confirm", "refuse")
    ),
    *(path(f"api/v1/{at}", view.as_view(), name=f"api-{name}") for at, view, name in API),
    *(
        path(f"sandbox/api/v1/{at}", view.as_view(sandbox=True), name=f"api-sandbox-{name}")
        for at, view, name in (*API, *ONLY_IN_SANDBOX)
    ),
    path("open-referral/", open_referral.Home.as_view(), name="api-open-home"),
    *(
        path(f"open-referral/{name}", listing.as_view(), name=f"api-open-{name}")
        for name, (listing, _one) in open_referral.ADDRESSES.items()
    ),
    *(
        path(f"open-referral/{name}/<uuid:pk>", one.as_view(), name=f"api-open-{name}-one")
        for name, (_listing, one) in open_referral.ADDRESSES.items()
    ),
    path("api/v1/openapi.json", docs.openapi, name="api-openapi"),
    path("api/v1/docs", docs.page, name="api-docs"),
    path("api/v1/changelog", docs.changelog, name="api-changelog"),
    path("api/v1/changelog.atom", docs.changelog_feed, name="api-changelog-feed"),
    path("api/v1/problems/<slug:slug>", docs.problem, name="api-problem"),
    re_path(r"^api(?:/[\s\S]*)?$", api.NoSuchAddress.as_view(), name="api-nowhere"),
    re_path(
        r"^sandbox/api(?:/[\s\S]*)?$",
        api.NoSuchAddress.as_view(sandbox=True),
        name="api-sandbox-nowhere",
    ),
]
