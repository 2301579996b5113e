"""The room of the agencies' API: what leaves the building, field by field, and how every error looks."""

from referrals.api.problems import problem_response, server_error

__all__ = ["problem_response", "server_error"]
