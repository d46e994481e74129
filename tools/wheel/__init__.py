"""The add-on as a Python package: built, installed beside Odoo, and used from there."""
