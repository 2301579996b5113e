"""The room of the signs that an officer may see, in plain words.

They are the groups of the College of Policing's APP headings in domain.md 5.2 (status: unverified as a
list; a sign is a reason to ask, never proof). A child's signs are there too, because age may be unknown.
"""

from django.utils.translation import gettext_lazy as _

NONE_YET = "none_yet"
INDICATORS = [
    ("injured", _("Hurt, ill or very thin, and not treated")),
    ("afraid", _("Afraid, or looks to somebody else before answering")),
    ("same_words", _("Says words that seem to be learnt")),
    ("no_papers", _("Has no passport or papers, or somebody else keeps them")),
    ("never_alone", _("Never alone, or their phone is checked")),
    ("owes_money", _("Owes money, or they or their family are threatened")),
    ("lives_at_work", _("Lives where they work, locked in or overcrowded")),
    ("not_paid", _("Works long hours for little or no money")),
    ("brought", _("Brought and fetched by others, does not know where they are")),
    ("gone_missing", _("Goes missing, or has money or phones they cannot explain")),
    (NONE_YET, _("None yet")),
]


def in_words(codes: list[str]) -> list[str]:
    """The signs as sentences, in the order in which they are asked."""
    return [str(words) for code, words in INDICATORS if code in codes]
