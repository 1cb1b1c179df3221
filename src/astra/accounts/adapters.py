"""How do allauth's pages hand over to our keys? Placeholder for the next commit."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class SignInAdapter(DefaultAccountAdapter):
    """Opens and closes visits where allauth signs in and out."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the keys."""
