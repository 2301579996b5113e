"""The room of the national referral, of reviewed copies of the record, and of the files of cases, as they leave."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.exports import (
    Body,
    Content,
    Download,
    Item,
    Kept,
    Narrowed,
    Page,
    Unmarked,
    Words,
    id_in,
)
from accounts.kept_files import link_for
from accounts.models import User
from accounts.permissions import Permission
from accounts.scoping import NotVisible
from casework.actions.files import has_bare_copy, without_place
from casework.actions.packs import digest_of, documents
from casework.models import CaseFile, Pack, PackStatus
from casework.nrm.known import learn
from casework.nrm.record import record_of
from casework.nrm.words import in_words
from casework.packs import Document, as_html, as_text


def nrm(actor: Actor, narrowed: Narrowed) -> Content:
    """Everything of the case that may leave for the Home Office, word for word as its page shows it."""
    record = record_of(narrowed.get("of", ""), by=actor, today=clocks.today())
    learn(record, officer=User.objects.get(pk=actor.person_id))
    case = record.case
    audit.viewed(case, by=actor, page="nrm-download", keys=sorted(record.out()))
    items = [Item(case.scope_id, "casework.case", case.pk, case.reference)]
    return Content(Words(in_words(record)), items, case.scope_id)


def _document(actor: Actor, narrowed: Narrowed) -> tuple[Pack, Document]:
    rows = Pack.objects.select_related("case")
    pack = rows.get_visible(actor, pk=id_in(narrowed))
    if pack.status != PackStatus.READY:
        raise Conflict(_("A second person must review it before it may leave."))
    if digest_of(pack) != pack.digest:
        raise Conflict(_("It is no longer what was reviewed. Drop it, and make another."))
    for document in documents(pack):
        if document.part == narrowed.get("part"):
            return pack, document
    raise NotVisible(Pack._meta.label)


def _pack_content(pack: Pack, body: Body) -> Content:
    items = [Item(pack.scope_id, "casework.pack", pack.pk, pack.case.reference)]
    return Content(body, items, pack.scope_id)


def pack_text(actor: Actor, narrowed: Narrowed) -> Content:
    """A reviewed pack as text."""
    pack, document = _document(actor, narrowed)
    return _pack_content(pack, Words(as_text(document)))


def pack_page(actor: Actor, narrowed: Narrowed) -> Content:
    """A reviewed pack as a page that every reader can use."""
    pack, document = _document(actor, narrowed)
    return _pack_content(pack, Page(document.title, as_html(document)))


def _file(actor: Actor, narrowed: Narrowed) -> CaseFile:
    rows = CaseFile.objects.select_related("case")
    file = rows.get_visible(actor, pk=id_in(narrowed))
    if not file.may_leave:
        raise Conflict(_("Nobody can download this file now. Its page says why."))
    audit.viewed(file, by=actor, page="file-download")
    return file


def _file_content(file: CaseFile, body: Kept | Unmarked) -> Content:
    items = [Item(file.scope_id, "casework.casefile", file.pk, file.case.reference)]
    return Content(body, items, file.scope_id)


def case_file(actor: Actor, narrowed: Narrowed) -> Content:
    """A file as it came."""
    file = _file(actor, narrowed)

    def link(export: int) -> str:
        return reverse("casework:file-sent", args=[link_for(file, export=export, by=actor)])

    body = Kept(file.media_type, file.suffix, file.size, file.digest, link)
    return _file_content(file, body)


def bare_copy(actor: Actor, narrowed: Narrowed) -> Content:
    """A photograph's pixels alone: nothing in it says where it was made."""
    file = _file(actor, narrowed)
    if not has_bare_copy(file):
        raise Conflict(_("No copy without the place can be made of this kind of file."))
    body = Unmarked(file.media_type, file.suffix, lambda: without_place(file))
    return _file_content(file, body)


def _file_address(narrowed: Narrowed) -> str:
    return reverse("casework:file", args=[narrowed["of"]])


def _pack_address(narrowed: Narrowed) -> str:
    return reverse("casework:pack", args=[narrowed["of"]])


DOWNLOADS = (
    Download(
        slug="nrm",
        words=gettext_lazy("The referral to the Home Office, as text"),
        permission=Permission.NRM_DECIDE,
        make=nrm,
        back=lambda narrowed: reverse("casework:nrm-check", args=[narrowed["of"]]),
        asks=("of",),
    ),
    Download(
        slug="pack-text",
        words=gettext_lazy("Copy of a case's record, as text"),
        permission=Permission.PACK_PREPARE,
        make=pack_text,
        back=_pack_address,
        asks=("of", "part"),
    ),
    Download(
        slug="pack-page",
        words=gettext_lazy("Copy of a case's record, as a page"),
        permission=Permission.PACK_PREPARE,
        make=pack_page,
        back=_pack_address,
        asks=("of", "part"),
    ),
    Download(
        slug="file",
        words=gettext_lazy("File of a case"),
        permission=Permission.FILE_TAKE,
        make=case_file,
        back=_file_address,
        asks=("of",),
    ),
    Download(
        slug="photograph",
        words=gettext_lazy("Photograph of a case, without where it was taken"),
        permission=Permission.FILE_TAKE,
        make=bare_copy,
        back=_file_address,
        asks=("of",),
    ),
)
