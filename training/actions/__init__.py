"""The room of what may be done about training: recording, verifying, importing, courses."""

from training.actions.courses import (
    add_course,
    ask_of,
    change_course,
    no_longer_take,
    stop_asking,
    take_for,
)
from training.actions.dates import add_date, book, call_off, change_date, give_back, know, mark
from training.actions.imports import apply_import, preview_import
from training.actions.learning import add_learning, see_learning, take_back
from training.actions.proofs import add_proof, take_out
from training.actions.records import expiry, record_training, verify_record

__all__ = [
    "add_course",
    "add_date",
    "add_learning",
    "add_proof",
    "apply_import",
    "ask_of",
    "book",
    "call_off",
    "change_course",
    "change_date",
    "expiry",
    "give_back",
    "know",
    "mark",
    "no_longer_take",
    "preview_import",
    "record_training",
    "see_learning",
    "stop_asking",
    "take_back",
    "take_for",
    "take_out",
    "verify_record",
]
