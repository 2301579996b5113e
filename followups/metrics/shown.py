"""The room of how a number is shown: its sentence, its chart and table, and its units side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit
from followups.metrics import Answer, Number, Parts, Side, Words, added, good
from followups.metrics.fair import LEAST, Compared
from pages.charts import Bar, Span, bars, spans


@dataclass(frozen=True)
class Cell:
    """One count of a table, with the address that narrows the list to just what it counts."""

    count: int
    query: str
    words: str
    part: str


@dataclass(frozen=True)
class Line:
    """One group: its count of each part, of all parts, and the share that went as it should."""

    code: str
    words: str
    cells: list[Cell]
    total: Cell
    share: str


@dataclass(frozen=True)
class UnitLine:
    """One unit beside the others, in words."""

    name: str
    good: int
    total: int
    share: str
    between: str
    verdict: str


@dataclass(frozen=True)
class Figure:
    """One number as its page shows it."""

    number: Number
    side: Side
    sentence: str
    middle: str
    total: int
    parts: list[str]
    lines: list[Line]
    all: Line
    chart: SafeString
    units: list[UnitLine]
    units_chart: str


def percent(count: int, total: int) -> str:
    """The share in whole percent; of nothing there is none."""
    return f"{100 * count / total:.0f}%" if total else "-"


def sentence(answer: Answer) -> str:
    """What the number says, in one sentence."""
    number = answer.number
    if not answer.total:
        return _("There are no %s to count here.") % number.things
    return _("%(share)s: %(good)d of %(total)d %(things)s %(what)s.") % {
        "share": percent(answer.good, answer.total),
        "good": answer.good,
        "total": answer.total,
        "things": number.things,
        "what": number.share,
    }


def middle(answer: Answer) -> str:
    """Within what time half of them are, if the number measures one."""
    number, value = answer.number, answer.middle
    if value is None or not number.middle:
        return ""
    return str(number.middle) % span(value, days=number.days)


def span(value: float, *, days: bool) -> str:
    """A length of time in words, to a tenth where it is short."""
    said = f"{value:.1f}" if value < 10 else f"{value:.0f}"
    if days:
        return ngettext("%s day", "%s days", 1 if said == "1.0" else 2) % said
    return ngettext("%s hour", "%s hours", 1 if said == "1.0" else 2) % said


def figure(answer: Answer, side: Side, units: Mapping[str, Unit]) -> Figure:
    """The whole of one number."""
    number, said = answer.number, side.said()
    lines = [
        _line(number, code, said.get(code, code), parts) for code, parts in answer.groups.items()
    ]
    lines.sort(key=lambda line: (-line.total.count, line.words))
    compared = _compared(answer, units)
    return Figure(
        number=number,
        side=side,
        sentence=sentence(answer),
        middle=middle(answer),
        total=answer.total,
        parts=[str(words) for words in number.parts.values()],
        lines=lines,
        all=_line(number, "", _("All"), answer.parts),
        chart=_chart(answer, lines),
        units=[_unit(each, answer) for each in compared],
        units_chart=_units_chart(answer, compared),
    )


def _line(number: Number, code: str, words: Words, parts: Parts) -> Line:
    counts, total = added(number, [parts]), sum(parts.values())

    def cell(count: int, part: str, part_words: Words) -> Cell:
        narrowed = {"group": code, "part": part}
        query = urlencode({name: value for name, value in narrowed.items() if value})
        return Cell(count, query, f"{words}: {part_words}", str(part_words))

    cells = [cell(counts[part], part, said) for part, said in number.parts.items()]
    share = percent(good(number, parts), total)
    return Line(code, str(words), cells, cell(total, "", _("All")), share)


def _chart(answer: Answer, lines: list[Line]) -> SafeString:
    """Of several groups the share of each; of one, how many of each part."""
    number = answer.number
    if len(lines) > 1:
        rows = [
            Bar(
                line.words,
                _share(answer.groups[line.code], number),
                _said(answer.groups[line.code], number),
            )
            for line in lines
        ]
    else:
        parts, total = answer.parts, answer.total
        rows = [
            Bar(str(words), parts[part] / total, f"{parts[part]}, {percent(parts[part], total)}")
            for part, words in number.parts.items()
            if total
        ]
    return bars(_("Bars: %s The table has the same numbers.") % sentence(answer), rows)


def _share(parts: Parts, number: Number) -> float:
    total = sum(parts.values())
    return good(number, parts) / total if total else 0.0


def _said(parts: Parts, number: Number) -> str:
    total = sum(parts.values())
    return _("%(good)d of %(total)d") % {"good": good(number, parts), "total": total}


def _compared(answer: Answer, units: Mapping[str, Unit]) -> list[Compared]:
    """Every unit by its name: never by its share, which would rank chance."""
    found = [
        Compared(units[str(pk)].name, good(answer.number, parts), sum(parts.values()))
        for pk, parts in answer.units.items()
        if str(pk) in units
    ]
    return sorted(found, key=lambda each: each.name)


def _unit(each: Compared, answer: Answer) -> UnitLine:
    if not each.enough:
        few = _("Fewer than %d: too few to say") % LEAST
        return UnitLine(each.name, each.good, each.total, "-", "-", few)
    verdicts = {
        0: _("Not to be told from all"),
        1: _("Higher than all, more than chance explains"),
        -1: _("Lower than all, more than chance explains"),
    }
    return UnitLine(
        each.name,
        each.good,
        each.total,
        percent(each.good, each.total),
        _between(each),
        verdicts[each.differs(answer.good / answer.total)],
    )


def _between(each: Compared) -> str:
    return _("%(low).0f%% to %(high).0f%%") % {
        "low": 100 * each.interval.low,
        "high": 100 * each.interval.high,
    }


def _units_chart(answer: Answer, compared: list[Compared]) -> str:
    enough = [each for each in compared if each.enough]
    if len(enough) < 2:
        return ""
    whole = answer.good / answer.total
    rows = [
        Span(
            each.name,
            each.interval.low,
            each.share,
            each.interval.high,
            percent(each.good, each.total),
            apart=bool(each.differs(whole)),
        )
        for each in enough
    ]
    label = _(
        "For each unit its share, and between which it probably lies. The table has the same."
    )
    return spans(label, rows, whole, _("All: %s") % percent(answer.good, answer.total))
