"""The room of a force's own courses, and of what it asks beyond the shared catalogue."""

from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Force
from accounts.permissions import Permission, Role, check
from accounts.rows import add
from training.models import Course, Equivalent, Purpose, Requirement


@transaction.atomic
def add_course(
    *,
    by: Actor,
    name: str,
    provider: str,
    lasts_months: int | None,
    source: str,
    hours: Decimal | None = None,
) -> Course:
    """The force has one more course of its own."""
    check(by, Permission.TRAINING_COURSES)
    force = Force.objects.select_for_update().get(pk=by.own_force_id)
    slug = slugify(f"{force.slug} {name}")[:50]
    if slug == slugify(force.slug):
        raise Conflict(_("Enter a name with letters in it."))
    if Course.objects.of_force(force).filter(slug=slug).exists():
        raise Conflict(_("Your force already has a course with this name. Choose another."))
    course = Course.objects.create(
        slug=slug,
        force=force,
        name=name,
        provider=provider,
        lasts_months=lasts_months,
        hours=hours,
        source=source,
    )
    audit.record("course.added", by=by, of=course)
    return course


@transaction.atomic
def change_course(
    *,
    by: Actor,
    course: Course,
    name: str,
    provider: str,
    lasts_months: int | None,
    source: str,
    hours: Decimal | None = None,
) -> Course:
    """The force's own course is as given. What was recorded keeps the date on which it lapses."""
    check(by, Permission.TRAINING_COURSES)
    course = Course.objects.select_for_update().get(pk=course.pk)
    if course.force_id is None or course.force_id != by.force_id:
        raise Refused(
            _("Every force shares this course. Add one of your own."), verb="course.change"
        )
    course.name, course.provider = name, provider
    course.lasts_months, course.hours, course.source = lasts_months, hours, source
    course.save(update_fields=["name", "provider", "lasts_months", "hours", "source"])
    audit.record("course.changed", by=by, of=course)
    return course


@transaction.atomic
def ask_of(*, by: Actor, course: Course, role: Role, purpose: Purpose, blocks: bool) -> Requirement:
    """The force asks the course of everybody in the role, on top of what the catalogue asks."""
    check(by, Permission.TRAINING_COURSES)
    if course.force_id not in {None, by.force_id}:
        raise Refused(_("This course belongs to another force."), verb="requirement.set")
    if blocks and purpose == Purpose.NEXT:
        raise Conflict(_("What is only advised cannot stop anybody. Leave the box empty."))
    requirement, is_new = Requirement.objects.get_or_create(
        force_id=by.own_force_id,
        course=course,
        role=role,
        purpose=purpose,
        defaults={"blocks": blocks, "source": _("Set by the force")},
    )
    if not is_new and requirement.blocks != blocks:
        requirement.blocks = blocks
        requirement.save(update_fields=["blocks"])
    audit.record(
        "requirement.set", by=by, of=requirement, course=course.pk, role=role, blocks=blocks
    )
    return requirement


@transaction.atomic
def stop_asking(*, by: Actor, requirement: Requirement) -> None:
    """The force no longer asks for it; what the shared catalogue asks stays."""
    check(by, Permission.TRAINING_COURSES)
    if requirement.force_id is None or requirement.force_id != by.force_id:
        raise Refused(
            _("Every force is asked for this. It cannot be taken away."), verb="requirement.end"
        )
    audit.record("requirement.ended", by=by, of=requirement, course=requirement.course_id)
    requirement.delete()


@transaction.atomic
def take_for(*, by: Actor, course: Course, counts_for: Course, source: str) -> Equivalent:
    """The force takes one course for another, from now on and for whatever was recorded. Twice is once."""
    check(by, Permission.TRAINING_COURSES)
    if {course.force_id, counts_for.force_id} - {None, by.force_id}:
        raise Refused(_("This course belongs to another force."), verb="equivalent.add")
    rows = Equivalent.objects.filter(force_id=by.own_force_id)
    if found := rows.filter(course=course, counts_for=counts_for).first():
        return found
    made = add(
        Equivalent(force_id=by.own_force_id, course=course, counts_for=counts_for, source=source)
    )
    audit.record("equivalent.added", by=by, of=made, course=course.pk, counts_for=counts_for.pk)
    return made


@transaction.atomic
def no_longer_take(*, by: Actor, equivalent: Equivalent) -> None:
    """The force no longer takes the one course for the other."""
    check(by, Permission.TRAINING_COURSES)
    if equivalent.force_id != by.force_id:
        raise Refused(_("This belongs to another force."), verb="equivalent.end")
    audit.record(
        "equivalent.ended",
        by=by,
        of=equivalent,
        course=equivalent.course_id,
        counts_for=equivalent.counts_for_id,
    )
    equivalent.delete()
