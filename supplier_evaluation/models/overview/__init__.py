# What all rooms are seen by: screens that show a supplier, or all of them, at a glance.
from . import card
from . import partner
