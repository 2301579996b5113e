"""The room of the markup tags: one tag for each thing that pages are made of."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, cast

from django import forms, template
from django.core.paginator import Page
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

SAVED = "success"


class Question(Protocol):
    """One bound field of a form, as the house renderer makes it."""

    label: Any
    is_hidden: bool

    @property
    def first_id(self) -> str:
        """The id of the control that takes focus."""

    @property
    def problems(self) -> list[str]:
        """Its errors as sentences."""

    def as_widget(self) -> SafeString:
        """Its control."""


def _part(part: str, /, **context: Any) -> SafeString:
    """Renders `pages/_<part>.html` with exactly this context."""
    return _trimmed(get_template(f"pages/_{part}.html").render(context))


def _trimmed(content: str) -> SafeString:
    """Markup that a template has already escaped, without the space round it."""
    # Only our own templates come through here.
    return mark_safe(content.strip())  # nosemgrep: no-mark-safe  # nosec B308, B703


# Forms


@register.inclusion_tag("govuk/_error_summary.html")
def form_errors(*asked: forms.BaseForm | None) -> dict[str, Any]:
    """The summary on top of a page; every link moves focus to a control. None is a form that the page does not show."""
    problems: list[tuple[str, str]] = []
    for form in filter(None, asked):
        problems += [("", str(error)) for error in form.non_field_errors()]
        for question in cast(Iterable[Question], form):
            target = "" if question.is_hidden else question.first_id
            problems += [(target, words) for words in question.problems]
    return {"problems": problems}


@register.simple_tag
def field(
    question: Question, *, size: str = "s", heading: bool = False, label: str = ""
) -> SafeString:
    """One question: label or legend, hint, errors, control. `heading` makes the label the h1."""
    if question.is_hidden:
        return question.as_widget()
    context = {
        "question": question,
        "size": "l" if heading and size == "s" else size,
        "heading": heading,
        "label": label or question.label,
    }
    return _trimmed(get_template("govuk/_field.html").render(context))


@register.simple_block_tag
def fieldset(content: str, legend: str, *, size: str = "m", hint: str = "") -> SafeString:
    """A group of questions under one legend."""
    return _part("fieldset", content=content, legend=legend, size=size, hint=hint)


@register.simple_tag
def button(
    words: str, *, href: str = "", kind: str = "", name: str = "", value: str = ""
) -> SafeString:
    """A button, or a link that looks like one. Kinds: "", "secondary", "warning"."""
    return _part("button", words=words, href=href, kind=kind, name=name, value=value)


@register.simple_block_tag
def button_row(content: str) -> SafeString:
    """Buttons and links side by side."""
    return _part("button_row", content=content)


# Headings and ways around


@register.simple_tag
def page_title(words: str, *, caption: str = "", size: str = "l") -> SafeString:
    """The caption and the one h1 of a page."""
    return _part("page_title", words=words, caption=caption, size=size)


@register.simple_tag
def back_link(href: str, words: str = "") -> SafeString:
    """The way back, for the block before_content."""
    return _part("back_link", href=href, words=words or _("Back"))


@register.simple_block_tag
def sub_nav(content: str, label: str) -> SafeString:
    """The sections of one thing (a case) as real links."""
    return _part("sub_nav", content=content, label=label)


@register.simple_tag
def sub_nav_item(
    words: str, href: str, *, current: bool = False, count: int | None = None, counted: str = ""
) -> SafeString:
    """One section; `counted` says aloud what the count counts, e.g. "overdue"."""
    return _part(
        "sub_nav_item", words=words, href=href, current=current, count=count, counted=counted
    )


@register.inclusion_tag("pages/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], things: str = "") -> dict[str, Any]:
    """ "Showing 1 to 25 of 38" and the page links; keeps the rest of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else {}

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}" if hasattr(query, "urlencode") else f"?page={number}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "things": things,
        "links": [
            {
                "number": number,
                "href": address(number) if isinstance(number, int) else "",
                "current": number == page.number,
            }
            for number in numbers
        ],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "following": address(page.next_page_number()) if page.has_next() else "",
    }


# What we know


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """Rows of what is known; filled with summary_row."""
    return _part("summary_list", content=content)


@register.simple_tag
def summary_row(
    key: str,
    value: Any = None,
    *,
    href: str = "",
    change: str = "",
    action: str = "",
    empty: str = "",
) -> SafeString:
    """One row. Nothing known is said in words; `change` names what the link changes."""
    unknown = value is None or value == "" or value == []
    return _part(
        "summary_row",
        key=key,
        value=(empty or _("Not provided")) if unknown else value,
        unknown=unknown,
        href=href,
        change=change or key.lower(),
        action=action or _("Change"),
    )


@register.simple_block_tag
def summary_row_block(
    content: str, key: str, *, href: str = "", change: str = "", action: str = ""
) -> SafeString:
    """One row whose value is markup."""
    return summary_row(key, _trimmed(content), href=href, change=change, action=action)


@register.simple_block_tag
def summary_card(
    content: str, title: str, *, href: str = "", action: str = "", level: int = 2
) -> SafeString:
    """A titled card round a summary list or text."""
    return _part(
        "summary_card", content=content, title=title, href=href, action=action, level=level
    )


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """Sections to do in any order; filled with task."""
    return _part("task_list", content=content)


@register.simple_tag
def task(
    words: str, ref: str, *, href: str = "", done: bool = False, status: str = "", hint: str = ""
) -> SafeString:
    """One section. `ref` is unique on the page and ties the status to the link."""
    status = status or (_("Completed") if done else _("Incomplete"))
    return _part("task", words=words, ref=ref, href=href, done=done, status=status, hint=hint)


@register.simple_tag
def tag(words: str, colour: str = "") -> SafeString:
    """A short state in a coloured label; the words carry the meaning."""
    return _part("tag", words=words, colour=colour)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What has happened, newest first; filled with timeline_item."""
    return _part("timeline", content=content)


@register.simple_block_tag
def timeline_item(
    content: str, title: str, *, when: Any, by: str = "", href: str = "", level: int = 3
) -> SafeString:
    """One event: title, when (markup or words, e.g. from the due tags), who, and what."""
    return _part(
        "timeline_item",
        content=_trimmed(content),
        title=title,
        when=when,
        by=by,
        href=href,
        level=level,
    )


@register.simple_block_tag
def tracker(content: str, label: str) -> SafeString:
    """Fixed steps outside the viewer's control; filled with tracker_step."""
    return _part("tracker", content=content, label=label)


@register.simple_tag
def tracker_step(words: str, state: str = "later", *, detail: str = "") -> SafeString:
    """One step: state is "done", "now" or "later", and is also said in words."""
    said = {"done": _("Done"), "now": _("Now"), "later": _("Not yet")}[state]
    return _part("tracker_step", words=words, state=state, said=said, detail=detail)


@register.simple_block_tag
def tiles(content: str, label: str) -> SafeString:
    """Counts on top of a list; filled with tile."""
    return _part("tiles", content=content, label=label)


@register.simple_tag
def tile(count: int | None, words: str, href: str, *, level: str = "") -> SafeString:
    """A count that links to exactly its rows. None means we could not count, never zero.

    Levels: "", "overdue", "soon".
    """
    return _part("tile", count=count, words=words, href=href, level=level)


@register.inclusion_tag("pages/_csv_preview.html")
def csv_preview(
    caption: str, headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str], str, bool]]
) -> dict[str, Any]:
    """A read file before it is saved: rows of (line number, cells, result in words, accepted)."""
    return {"caption": caption, "headings": headings, "rows": rows}


# What to notice


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """One sentence that must not be missed."""
    return _part("warning", content=_trimmed(content))


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart."""
    return _part("inset", content=content)


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """Words closed until asked for; never the only place of something needed."""
    return _part("details", content=content, summary=summary)


@register.simple_block_tag
def safe_contact_box(
    content: str, title: str, *, forbid: bool = False, level: int = 2
) -> SafeString:
    """How to reach the person safely; `forbid` is the red "do not phone" form."""
    return _part("safe_contact_box", content=content, title=title, forbid=forbid, level=level)


@register.simple_block_tag
def reveal(content: str, seconds: int) -> SafeString:
    """Something secret that stands in the page for so many seconds, then leaves it."""
    return _part("reveal", content=content, seconds=seconds)


@register.simple_tag
def notification(words: str, *, kind: str = "", ref: str = "notice") -> SafeString:
    """A banner. Kinds: "" (important), "success" (saved). `ref` is unique on the page."""
    return _part("notification", words=words, saved=kind == SAVED, ref=ref)


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The end of a journey: what was done. Its title is the h1."""
    return _part("panel", content=_trimmed(content), title=title)


@register.simple_block_tag
def empty_state(content: str, words: str) -> SafeString:
    """Nothing to show, said in a sentence, and what comes next."""
    return _part("empty_state", content=_trimmed(content), words=words)


@register.simple_block_tag
def could_not_check(content: str, what: str) -> SafeString:
    """A question that failed: never an empty list, never a zero."""
    return _part("could_not_check", content=_trimmed(content), what=what)


@register.simple_block_tag
def identity_bar(content: str, title: str) -> SafeString:
    """Who this is about, kept in sight on every page of a case. Carries no name."""
    return _part("identity_bar", content=content, title=title)


@register.simple_tag
def due_bar(words: str, *, level: str, detail: str = "") -> SafeString:
    """When something is due: a coloured bar and always words.

    Levels: "overdue", "soon", "later".
    """
    return _part("due_bar", words=words, level=level, detail=detail)


@register.simple_tag
def save_status() -> SafeString:
    """Where the page says whether what was typed is saved; put inside an autosaved form."""
    return _part("save_status")
