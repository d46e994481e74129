"""Doing in Odoo what a history tells, with Odoo's own methods."""

from .actor import Actor, Undone
from .world import World, quiet
