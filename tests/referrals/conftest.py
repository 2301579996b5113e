"""Fixtures of the agencies' tests."""

from tests.referrals.internet import identity, internet, receiver

__all__ = ["identity", "internet", "receiver"]
