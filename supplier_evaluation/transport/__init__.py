"""Requests to other systems: plain Python over ``requests``, without Odoo."""

from .answer import Answer
from .client import Client, Settings
from .problem import Problem
from .tokens import Token, authorized

__all__ = ["Answer", "Client", "Problem", "Settings", "Token", "authorized"]
