"""The room of returns as papers: what the commissioner of support is told, and the Home Office's tables to read."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts.actors import Actor
from accounts.models import Force
from accounts.small_numbers import Cells
from followups.metrics import Words
from followups.returns import Return, cells, parted, quarters
from followups.returns.catalogue import (
    ANSWERS,
    DECLINES,
    DISENGAGING,
    EXPERIENCE,
    HOME_OFFICE,
    NEEDS,
    REACHED,
)
from pages.papers import Paper, Section, Table

NOTHING = gettext_lazy("Nothing to count, or too little to say.")
MOST_COLUMNS = 8
GAPS = 3


def table(which: Return, found: Cells, slug: str) -> Table:
    """The return by one way to part it: a row for each code, the largest first, a column for what became of it."""
    side = which.parted[which.place(slug)]
    said, parts = side.said(), which.number.parts
    wide = slug != "part" and 1 < len(parts) <= MOST_COLUMNS
    columns = list(parts) if wide else []
    counts = parted(which, found, slug, "part") if wide else {}
    totals = parted(which, found, slug)
    in_time = slug == "quarter"
    codes = sorted((code for (code,) in totals), key=lambda code: _rank(code, totals, in_time))
    rows = [
        [
            _name(said, code),
            *(str(counts.get((code, part), 0)) for part in columns),
            str(totals[(code,)]),
        ]
        for code in codes
    ]
    if len(rows) > 1:
        sums = [sum(int(row[at]) for row in rows) for at in range(1, len(columns) + 2)]
        rows.append([_("All"), *map(str, sums)])
    words = which.number.words if slug == "part" else side.words
    headings = [str(words), *(str(parts[part]) for part in columns), _("All")]
    return Table(
        f"{which.number.words}: {words}" if slug != "part" else str(words),
        headings,
        rows,
        str(NOTHING),
    )


def _rank(code: str, totals: Cells, in_time: bool) -> tuple[int, str]:
    return (0 if in_time else -totals[(code,)], code)


def _name(said: Mapping[str, Words], code: str) -> str:
    return str(said.get(code, code))


def commissioner(by: Actor) -> Paper:
    """Unmet need and where support should be commissioned, in rounded counts alone."""
    needs = cells(NEEDS, by)
    declines, answers, reached = (cells(each, by) for each in (DECLINES, ANSWERS, REACHED))
    said, stopping = cells(EXPERIENCE, by), cells(DISENGAGING, by)
    sections = [
        Section(
            _("Where support is missing"),
            [_gaps(needs), _counts(NEEDS)],
            [table(NEEDS, needs, slug) for slug in ("kind", "language", "place")],
        ),
        Section(
            _("What agencies had to decline"),
            [_counts(DECLINES)],
            [table(DECLINES, declines, slug) for slug in ("reason", "agency", "quarter")],
        ),
        Section(
            _("How soon agencies answer, and reach the person"),
            [_counts(ANSWERS), _counts(REACHED)],
            [
                *(table(ANSWERS, answers, slug) for slug in ("agency", "quarter")),
                *(table(REACHED, reached, slug) for slug in ("agency", "quarter")),
            ],
        ),
        Section(
            _("How people say they were treated"),
            [_counts(EXPERIENCE)],
            [table(EXPERIENCE, said, slug) for slug in ("question", "quarter")],
        ),
        Section(
            _("Why people find it hard to go on"),
            [_counts(DISENGAGING)],
            [table(DISENGAGING, stopping, "stopping")],
        ),
    ]
    title = _("What victims of modern slavery need, and do not get")
    return Paper(title, _lead(by, clocks.today()), sections)


def home_office(by: Actor) -> Paper:
    """The Home Office's tables, each by every way in which it is parted."""
    sections = []
    for which in HOME_OFFICE:
        found = cells(which, by)
        sides = [side.slug for side in which.parted if side.slug != "part" or _tells_apart(which)]
        tables = [table(which, found, slug) for slug in sides]
        sections.append(Section(str(which.number.words), [_counts(which)], tables))
    return Paper(_("Returns for the Home Office"), _lead(by, clocks.today()), sections)


def _tells_apart(which: Return) -> bool:
    return len(which.number.parts) > 1


def _lead(by: Actor, today: date) -> Sequence[str]:
    whole = quarters(today)
    force = Force.objects.get(pk=by.own_force_id)
    return [
        _(
            "%(force)s, %(date)s. Of whole quarters: %(first)s to %(last)s. Needs are as they stand today."
        )
        % {
            "force": force.name,
            "date": date_format(today, "j F Y"),
            "first": whole[0],
            "last": whole[-1],
        },
        _(
            "Every count is made of small ones, each rounded up or down to a multiple of 5, so that nobody can be"
            " picked out, now or by comparing with another copy. A total of many small counts is near the truth, not"
            " equal to it. Compare shares, not single people."
        ),
        _("Cases that are kept from whoever made this are in no count."),
    ]


def _counts(which: Return) -> str:
    return str(which.number.counted)


def _gaps(needs: Cells) -> str:
    nobody = {
        kind: count
        for (kind, part), count in parted(NEEDS, needs, "kind", "part").items()
        if part == "nobody"
    }
    if not nobody:
        return str(NOTHING)
    said = NEEDS.parted[NEEDS.place("kind")].said()
    worst = sorted(nobody, key=lambda kind: (-nobody[kind], kind))[:GAPS]
    return _(
        "For about %(count)d of about %(all)d open needs nobody is asked. Most often: %(worst)s."
    ) % {
        "count": sum(nobody.values()),
        "all": sum(needs.values()),
        "worst": ", ".join(
            _("%(what)s (about %(count)d)") % {"what": said[kind], "count": nobody[kind]}
            for kind in worst
        ),
    }
