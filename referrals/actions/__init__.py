"""The room of every act on a support referral: the police's, the agency's, and how one ends."""

from referrals.actions.agency import (
    accept,
    ask,
    complete,
    confirm_first_contact,
    decline,
    end_early,
    hold_review,
)
from referrals.actions.answers import forget_answers
from referrals.actions.endings import (
    end_on_merge,
    end_on_withdrawn_consent,
    mark_in_error,
    open_referrals,
    record_told_to_stop,
    withdraw,
)
from referrals.actions.police import (
    answer_question,
    ask_instead,
    choose_items,
    draft_referral,
    handle_decline,
    renew_safe_contact,
    send_referral,
)
from referrals.actions.sandbox import (
    empty_sandbox,
    inside,
    open_sandbox,
    sandbox_of,
    send_invented,
)
from referrals.actions.webhooks import (
    confirm_webhook,
    deliver_again,
    end_old_secrets,
    end_webhook,
    propose_webhook,
    renew_secret,
    switch_webhook,
    try_webhook,
)

__all__ = [
    "accept",
    "answer_question",
    "ask",
    "ask_instead",
    "choose_items",
    "complete",
    "confirm_first_contact",
    "confirm_webhook",
    "decline",
    "deliver_again",
    "draft_referral",
    "empty_sandbox",
    "end_early",
    "end_old_secrets",
    "end_on_merge",
    "end_on_withdrawn_consent",
    "end_webhook",
    "forget_answers",
    "handle_decline",
    "hold_review",
    "inside",
    "mark_in_error",
    "open_referrals",
    "open_sandbox",
    "propose_webhook",
    "record_told_to_stop",
    "renew_safe_contact",
    "renew_secret",
    "sandbox_of",
    "send_invented",
    "send_referral",
    "switch_webhook",
    "try_webhook",
    "withdraw",
]
