"""The room of the addresses of `accounts`."""

from django.urls import path

from accounts.views import absences, agencies, days, exports, people, shifts, team, trail, units

app_name = "accounts"
urlpatterns = [
    path("people", people.people, name="people"),
    path("people/new", people.person_new, name="person-new"),
    path("people/<uuid:pk>", people.person, name="person"),
    path("people/<uuid:pk>/edit", people.person_edit, name="person-edit"),
    path("people/<uuid:pk>/roles", people.roles, name="roles"),
    path("people/<uuid:pk>/link", people.password_link, name="password-link"),
    path("people/<uuid:pk>/second-step", people.second_step_reset, name="second-step-reset"),
    path("people/<uuid:pk>/sessions/end", people.sessions_end, name="sessions-end"),
    path("people/<uuid:pk>/leave", people.leave, name="leave"),
    path("people/<uuid:pk>/return", people.come_back, name="come-back"),
    path("people/<uuid:pk>/absence", absences.absence, name="absence"),
    path("people/<uuid:pk>/absence/<uuid:absence>/end", absences.absence_end, name="absence-end"),
    path("people/<uuid:pk>/shifts", shifts.shifts, name="shifts"),
    path("people/<uuid:pk>/shifts/change", shifts.shift_change, name="shift-change"),
    path("units", units.units, name="units"),
    path("units/new", units.unit_new, name="unit-new"),
    path("units/<uuid:pk>", units.unit, name="unit"),
    path("days", days.days, name="days"),
    path("days/new", days.day_new, name="day-new"),
    path("days/<str:day>/undo", days.day_undo, name="day-undo"),
    path("agencies/manage", agencies.agencies, name="agencies-manage"),
    path("agencies/manage/new", agencies.agency_new, name="agency-new"),
    path("agencies/manage/<uuid:pk>", agencies.agency_edit, name="agency-edit"),
    path(
        "agencies/manage/<uuid:pk>/workers/new",
        agencies.agency_worker_new,
        name="agency-worker-new",
    ),
    path("agency/team", team.team, name="team"),
    path("agency/team/new", team.team_new, name="team-new"),
    path("agency/team/<uuid:pk>/link", team.team_link, name="team-link"),
    path("agency/team/<uuid:pk>/leave", team.team_leave, name="team-leave"),
    path("agency/keys", team.keys, name="keys"),
    path("agency/keys/new", team.key_new, name="key-new"),
    path("agency/keys/<int:pk>/revoke", team.key_revoke, name="key-revoke"),
    path("audit", trail.trail, name="audit"),
    path("exports", exports.left, name="exports"),
    path("exports/<int:pk>", exports.one, name="export"),
    path("exports/take/<slug:kind>", exports.take, name="export-take"),
    path("exports/requests", exports.requests, name="export-requests"),
    path("exports/requests/<uuid:pk>", exports.request_one, name="export-request"),
]
