"""Whether the add-on leaves others alone: what it costs them, and their own tests.

`cost` counts the SQL statements of everyday work in a database without the add-on and
with it. `neighbours` runs the tests of Odoo's purchase and stock and of add-ons of the
OCA with ours installed; what fails is run again without ours, and what fails there,
too, is not ours.
"""
