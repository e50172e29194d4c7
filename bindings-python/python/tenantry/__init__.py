"""The rules of registered users on an agent platform: a policy core without any I/O."""

from ._tenantry import version

__all__ = ["version"]
