"""The contract by which other systems and this one exchange records. No Odoo here.

:mod:`contract` has the parts of a description, :mod:`kinds` and :mod:`kinds_out` the
descriptions themselves. All else follows from them: what a record may say
(:mod:`checking`), the JSON Schema (:mod:`schema`), and how files are read and written
(:mod:`reading`, :mod:`writing`).
"""
