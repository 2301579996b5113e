"""The room of the addresses of `followups`."""

from django.urls import URLPattern, URLResolver, path

from followups import (
    figures,
    health,
    kept,
    numbers,
    quality,
    receipts,
    recommendations,
    returned,
    views,
)

app_name = "followups"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("work", views.work, name="work"),
    path("desk", views.start_of_shift, name="desk"),
    path("desk/handover", views.hand_over, name="hand-over"),
    path("desk/handover/<uuid:pk>/read", views.handover_read, name="handover-read"),
    path("samples", quality.samples, name="samples"),
    path("samples/<uuid:pk>", quality.sample, name="sample"),
    path("samples/<uuid:pk>/<int:place>", quality.sampled, name="sampled"),
    path("numbers", figures.numbers, name="numbers"),
    path("numbers/<slug:slug>", figures.number, name="number"),
    path("numbers/<slug:slug>/list", figures.number_list, name="number-list"),
    path("returns", returned.returns, name="returns"),
    path("returns/commissioner", returned.commissioner, name="commissioner"),
    path("returns/home-office", returned.home_office, name="home-office"),
    path("returns/recommendations", recommendations.recommendations, name="recommendations"),
    path("work/team", views.queue, name="queue"),
    path("work/team/views", kept.views, name="kept-views"),
    path("work/team/views/keep", kept.keep, name="keep-view"),
    path("work/team/views/<uuid:pk>/drop", kept.drop, name="drop-view"),
    path("work/undelivered", views.undelivered, name="undelivered"),
    path("work/undelivered/<uuid:pk>/again", views.send_again, name="send-again"),
    path("cases/<str:reference>/reminders", views.case_reminders, name="case-reminders"),
    path("work/failing", views.failing, name="failing"),
    path("work/failing/<uuid:pk>/release", views.release, name="release"),
    path("work/cracks", views.cracks_report, name="cracks"),
    path("work/followup/<uuid:pk>", views.followup, name="followup"),
    path("work/followup/<uuid:pk>/acknowledge", views.acknowledge, name="acknowledge"),
    path("me", views.me, name="me"),
    path("agency/told", views.told, name="told"),
    path("rules", views.rules, name="rules"),
    path("outbox", views.outbox, name="outbox"),
    path("notify/receipts", receipts.notify_receipt, name="notify-receipt"),
    path("healthz/followups", health.healthz, name="health"),
    path("metrics", numbers.metrics, name="metrics"),
]
