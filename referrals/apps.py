"""The app's name, and the ports it fills when the project starts."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """See the package table in docs/architecture.md."""

    name = "referrals"

    def ready(self) -> None:
        """Withdrawn consent ends what was shared; a case with an open referral does not close."""
        from accounts.exports import offer  # noqa: PLC0415 - models exist only now
        from casework.gates import may_close  # noqa: PLC0415
        from referrals.actions import (  # noqa: PLC0415
            end_on_merge,
            end_on_withdrawn_consent,
            open_referrals,
        )
        from referrals.downloads import DOWNLOADS  # noqa: PLC0415
        from victims.gates import consent_withdrawn, records_merged  # noqa: PLC0415

        consent_withdrawn.fill(end_on_withdrawn_consent)
        records_merged.fill(end_on_merge)
        may_close.fill(open_referrals)
        offer(*DOWNLOADS)
