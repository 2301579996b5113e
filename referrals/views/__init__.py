"""The room of the pages on referrals: for officers, and for agencies' workers."""
