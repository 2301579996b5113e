"""The room of the addresses of `training`."""

from django.urls import path

from training.views import courses, dates, hours, imports, proofs, records, register, ways

app_name = "training"
urlpatterns = [
    path("training", register.register, name="register"),
    path("training/me", register.own, name="own"),
    path("training/record", records.record, name="record"),
    path("training/waiting", records.waiting, name="waiting"),
    path("training/record/<uuid:pk>/verify", records.verify, name="verify"),
    path("training/record/<uuid:pk>", proofs.proofs, name="proofs"),
    path("training/proofs/<uuid:pk>/take-out", proofs.take_out, name="proof-take-out"),
    path("training/proofs/sent/<str:token>", proofs.sent, name="proof-sent"),
    path("training/import", imports.upload, name="import"),
    path("training/import/<uuid:pk>", imports.preview, name="import-preview"),
    path("training/dates", dates.dates, name="dates"),
    path("training/dates/new", dates.date_new, name="date-new"),
    path("training/dates/<uuid:pk>", dates.date, name="date"),
    path("training/dates/<uuid:pk>/change", dates.change, name="date-change"),
    path("training/dates/<uuid:pk>/call-off", dates.call_off, name="date-call-off"),
    path("training/dates/<uuid:pk>/attended", dates.attended, name="date-attended"),
    path("training/places/<uuid:pk>/give-back", dates.give_back, name="give-back"),
    path("training/places/<uuid:pk>/know", dates.know, name="know"),
    path("training/hours", hours.own, name="hours"),
    path("training/hours/new", hours.new, name="learning-new"),
    path("training/hours/team", hours.team, name="hours-team"),
    path("training/learning/<uuid:pk>/take-back", hours.take_back, name="learning-take-back"),
    path("training/learning/<uuid:pk>/seen", hours.see, name="learning-seen"),
    path("training/courses", courses.courses, name="courses"),
    path("training/courses/new", courses.course_new, name="course-new"),
    path("training/courses/<slug:slug>", courses.course, name="course"),
    path("training/courses/<slug:slug>/ask", courses.ask, name="ask"),
    path("training/courses/<slug:slug>/counts-for", courses.counts_for, name="counts-for"),
    path("training/equivalents/<int:pk>/stop", courses.no_longer, name="equivalent-stop"),
    path("training/way", ways.way, name="way"),
    path("training/requirements/<int:pk>/stop", courses.stop, name="stop"),
]
