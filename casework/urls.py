"""The room of the addresses of `casework`."""

from django.urls import URLPattern, URLResolver, path

from casework.views import assign, case, closing, concern, contact, drafts, duties, find, person

app_name = "casework"
urlpatterns: list[URLPattern | URLResolver] = [
    path("concern/new", concern.new, name="concern-new"),
    path("concern/<str:reference>/<int:page>", concern.page, name="concern-page"),
    path("concern/<str:reference>/all", concern.whole, name="concern-all"),
    path("concern/<str:reference>/hand", concern.hand, name="concern-hand"),
    path("concern/<str:reference>/sent", concern.sent, name="concern-sent"),
    path("draft", drafts.draft, name="draft"),
    path("find", find.find, name="find"),
    path("case/<str:reference>/assign", assign.assign, name="assign"),
    path("overrides", assign.overrides, name="overrides"),
    path("overrides/<uuid:allocation>", assign.review, name="override-review"),
    path("case/<str:reference>", case.case, name="case"),
    path("case/<str:reference>/history", case.history, name="history"),
    path("case/<str:reference>/print", case.print_case, name="print"),
    path("case/<str:reference>/contact", contact.contact, name="contact"),
    path("case/<str:reference>/safe-contact", contact.safe_contact, name="safe-contact"),
    path(
        "case/<str:reference>/safe-contact/<uuid:rule>/read",
        contact.read_before_calling,
        name="read-before-calling",
    ),
    path("case/<str:reference>/safe-contact/<uuid:rule>/reveal", contact.reveal, name="reveal"),
    path("case/<str:reference>/told", person.told, name="told"),
    path("case/<str:reference>/consent", person.consent, name="consent"),
    path("case/<str:reference>/risk", person.risk, name="risk"),
    path("case/<str:reference>/edit", person.edit, name="edit"),
    path("case/<str:reference>/safety", duties.safety, name="safety"),
    path("case/<str:reference>/crime", duties.crime, name="crime"),
    path("case/<str:reference>/authority", duties.authority, name="authority"),
    path("case/<str:reference>/needs", duties.needs, name="needs"),
    path("case/<str:reference>/nrm", duties.nrm, name="nrm"),
    path("case/<str:reference>/review", duties.review, name="review"),
    path("case/<str:reference>/close", closing.close, name="close"),
    path("case/<str:reference>/countersign", closing.countersign, name="countersign"),
    path("case/<str:reference>/reopen", closing.reopened, name="reopen"),
]
