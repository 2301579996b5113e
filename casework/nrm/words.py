"""What may leave, as a text that a person reads or copies, section by section."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.nrm.incoming import LISTS_OF_FILES
from casework.nrm.record import Record
from casework.nrm.rules import FILES, Answers, Branch
from casework.nrm.sections import SECTIONS, label_of, words_of

TITLES = {
    Branch.CHILD: _("National referral of a child, or of somebody who may be one"),
    Branch.REFERRAL: _("National referral of an adult who agreed"),
    Branch.BEST_INTERESTS: _(
        "National referral of an adult who could not decide, in their best interests"
    ),
    Branch.NAMED: _("Duty to notify: an adult who refused, and agreed to be named"),
    Branch.ANONYMOUS: _("Duty to notify: an adult who refused, without their name"),
    Branch.ASK: _("Not decided: an adult who was not asked yet"),
}


@dataclass(frozen=True)
class Paragraph:
    """One section in words: `rows` are each question and its answer."""

    slug: str
    title: str
    rows: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The section as plain text."""
        rows = "\n\n".join(f"{label}\n{words}" for label, words in self.rows)
        return f"{self.title}\n\n{rows}\n"


def paragraphs(out: Answers) -> list[Paragraph]:
    """The sections that have something to send, in the Home Office's order."""
    told = [
        Paragraph(
            section.slug,
            str(section.title),
            tuple((label_of(key), words_of(key, out[key])) for key in section.keys if key in out),
        )
        for section in SECTIONS
    ]
    return [paragraph for paragraph in told if paragraph.rows]


def in_words(record: Record) -> str:
    """Everything that may leave, as one text."""
    title = TITLES[record.branch]
    texts = [paragraph.text for paragraph in paragraphs(record.out())]
    return "\n\n".join([str(title), *texts])


def read_sent(text: str) -> list[Paragraph]:
    """A version that was sent, from the bytes that were kept."""
    kept = json.loads(text)
    return paragraphs({FILES if key in LISTS_OF_FILES else key: kept[key] for key in kept})
