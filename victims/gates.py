"""The room of the ports through which this room announces what happened to a person's record."""

from collections.abc import Callable
from datetime import datetime

from accounts.actors import Actor
from accounts.gates import PORTS, Port
from victims.models import ConsentEvent, Victim


class ConsentWithdrawn(Port[Callable[[ConsentEvent, Actor, datetime], None]]):
    """What carried sharing holds no more: what no longer rests on an agreement ends in the same transaction."""


class RecordsMerged(Port[Callable[[Victim, Actor, datetime], None]]):
    """Two records are of one person: what one of them forbids has ended in the other in the same transaction."""


consent_withdrawn = ConsentWithdrawn("victims.consent_withdrawn")
records_merged = RecordsMerged("victims.records_merged")
PORTS.extend((consent_withdrawn, records_merged))  # type: ignore[arg-type]
