"""The room of charts: SVG made on the server, of bars and of intervals. Each stands beside the table of its numbers.

Colours are the style sheet's, light, at night and on paper. Nothing is said by colour alone: each bar has its words and
its number, and an interval that lies apart says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDE, ROW, LEFT = 400, 52, 2
LABELS = (
    '<text class="app-chart__words" x="{left}" y="{words_y}">{words}</text>'
    '<text class="app-chart__said" x="{right}" y="{words_y}" text-anchor="end">{said}</text>'
)


@dataclass(frozen=True)
class Bar:
    """One bar: its words, how much of the whole width it fills (0 to 1), and its number in words."""

    words: str
    share: float
    said: str


def _svg(high: int, label: str, body: SafeString) -> SafeString:
    return format_html(
        '<svg class="app-chart" viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>',
        WIDE,
        high,
        label,
        body,
    )


def bars(label: str, rows: Sequence[Bar]) -> SafeString:
    """Horizontal bars below each other; the words of each stand above it, its number at their end."""
    body = format_html_join(
        "",
        LABELS + '<rect class="app-chart__whole" x="{left}" y="{y}" width="{whole}" height="18"/>'
        '<rect class="app-chart__bar" x="{left}" y="{y}" width="{width}" height="18"/>',
        (
            _labels(row, place)
            | {
                "y": place * ROW + 26,
                "whole": WIDE - 2 * LEFT,
                "width": f"{(WIDE - 2 * LEFT) * min(1.0, max(0.0, row.share)):.1f}",
            }
            for place, row in enumerate(rows)
        ),
    )
    return _svg(len(rows) * ROW, label, body)


@dataclass(frozen=True)
class Span:
    """One interval: its words, its share between the ends of where the true one probably lies, and that in words."""

    words: str
    low: float
    share: float
    high: float
    said: str
    apart: bool


def spans(label: str, rows: Sequence[Span], whole: float, whole_said: str) -> SafeString:
    """Intervals below each other on one scale from 0 to 100%, with a line for the share of all."""
    high = len(rows) * ROW + 24
    lines = format_html_join(
        "",
        LABELS + '<path class="app-chart__span" d="M{low} {y}H{high}"/>'
        '<circle class="{kind}" cx="{share}" cy="{y}" r="7"/>',
        (
            _labels(row, place)
            | {
                "y": place * ROW + 34,
                "low": _x(row.low),
                "share": _x(row.share),
                "high": _x(row.high),
                "kind": "app-chart__apart" if row.apart else "app-chart__dot",
            }
            for place, row in enumerate(rows)
        ),
    )
    middle = format_html(
        '<path class="app-chart__all" d="M{} 0V{}"/>'
        '<text class="app-chart__said" x="{}" y="{}" text-anchor="{}">{}</text>',
        _x(whole),
        high - 20,
        _x(whole),
        high - 4,
        "start" if whole < 0.25 else "end" if whole > 0.75 else "middle",
        whole_said,
    )
    return _svg(high, label, format_html("{}{}", middle, lines))


def _labels(row: Bar | Span, place: int) -> dict[str, Any]:
    """Its words above it at the left, its number at the right."""
    return {
        "left": LEFT,
        "right": WIDE - LEFT,
        "words": short(row.words, 42 - len(row.said)),
        "said": row.said,
        "words_y": place * ROW + 18,
    }


def _x(share: float) -> str:
    return f"{8 + (WIDE - 16) * share:.1f}"


def short(words: str, most: int) -> str:
    """So much of the words as has room; the table beside it has them whole."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
