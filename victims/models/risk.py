"""How much danger the person is in, as somebody judged it, and when it must be judged again."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from victims.models.person import RiskLevel, Victim


class RiskJudgement(models.Model):
    """Somebody judged the danger, said why, and by when it must be judged again. Append-only; the latest holds."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="risk_judgements")
    level = models.CharField(_("risk"), max_length=12, choices=RiskLevel.choices)
    reason = models.TextField(_("why"), blank=True)
    review_on = models.DateField(_("judge again by"))
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["RiskJudgement"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "level": Privacy.CASE,
        "reason": Privacy.CASE,
        "review_on": Privacy.PUBLIC,
        "judged_at": Privacy.PUBLIC,
        "judged_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-judged_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
