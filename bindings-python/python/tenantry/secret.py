"""Secrets for registration tokens; the core itself has no randomness."""

import secrets


def registration_secret() -> str:
    """A new secret for `issue_registration_token`: `ort_` and 43 random characters, which hold 256 bits.

    Hand it to those who are to register, once: the core keeps no more than its digest.
    """
    return "ort_" + secrets.token_urlsafe(32)
