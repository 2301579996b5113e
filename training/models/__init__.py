"""The room of courses, who must have which, who has them, and who has a place to learn them."""

from training.models.courses import Course, OwnQuerySet, Purpose, Requirement
from training.models.dates import Booking, CourseDate
from training.models.records import (
    AHEAD,
    LASTS_LONGEST,
    TrainingImport,
    TrainingRecord,
    TrainingRecordQuerySet,
    training_reach,
)

__all__ = [
    "AHEAD",
    "LASTS_LONGEST",
    "Booking",
    "Course",
    "CourseDate",
    "OwnQuerySet",
    "Purpose",
    "Requirement",
    "TrainingImport",
    "TrainingRecord",
    "TrainingRecordQuerySet",
    "training_reach",
]
