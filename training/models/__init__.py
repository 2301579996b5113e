"""The room of courses, who must have which, who has them, and who has a place to learn them."""

from training.models.courses import Course, Equivalent, OwnQuerySet, Purpose, Requirement
from training.models.dates import Booking, CourseDate
from training.models.learning import Learning, LearningKind, LearningQuerySet
from training.models.proofs import MOST_PROOFS, Proof
from training.models.records import (
    AHEAD,
    LASTS_LONGEST,
    Counting,
    TrainingImport,
    TrainingRecord,
    TrainingRecordQuerySet,
    training_reach,
)

__all__ = [
    "AHEAD",
    "LASTS_LONGEST",
    "MOST_PROOFS",
    "Booking",
    "Counting",
    "Course",
    "CourseDate",
    "Equivalent",
    "Learning",
    "LearningKind",
    "LearningQuerySet",
    "OwnQuerySet",
    "Proof",
    "Purpose",
    "Requirement",
    "TrainingImport",
    "TrainingRecord",
    "TrainingRecordQuerySet",
    "training_reach",
]
