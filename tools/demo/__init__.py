"""What ``./dev demo`` runs inside Odoo. `make`, `load` and `show` are its scripts."""
