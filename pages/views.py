"""The room of the pages that belong to no app: theme, hidden screen, help and notices, gallery."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from pages.addresses import where_from
from pages.context import SYSTEM, THEME_COOKIE, THEMES
from pages.gallery import GalleryForm, gallery_parts

THEME_LASTS = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """The browser remembers the theme that was pressed."""
    answer = HttpResponseRedirect(where_from(request))
    chosen = request.POST.get("theme", SYSTEM)
    if chosen in THEMES:
        answer.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=THEME_LASTS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


@require_POST
def stay_signed_in(request: HttpRequest) -> HttpResponse:
    """A press that counts as activity; the session's own limits do the rest."""
    if request.headers.get("X-Requested-With") == "idle":
        return HttpResponse(status=204)
    return HttpResponseRedirect(where_from(request))


@login_not_required
@require_safe
def hidden(request: HttpRequest) -> HttpResponse:
    """A neutral page for when somebody may see the screen and scripts are off."""
    return render(request, "pages/hidden.html", {"back": where_from(request)})


@login_not_required
@require_safe
def notice(request: HttpRequest, page: str) -> HttpResponse:
    """Help, cookies, accessibility, privacy: pages of words."""
    return render(request, f"pages/{page}.html")


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part that pages are made of, for developers and for the accessibility tests."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    form = GalleryForm({"what": ""}) if "errors" in request.GET else GalleryForm()
    return render(request, "pages/gallery.html", {"form": form, **gallery_parts()})
