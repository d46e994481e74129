"""Random histories, done in Odoo, against the executable definition; on all cores."""
