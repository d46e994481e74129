"""What is wrong with a value, without the words for it. Plain Python, no Odoo."""


class Wrong(ValueError):
    """Why a value cannot be used: a code, and what its words need."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params
