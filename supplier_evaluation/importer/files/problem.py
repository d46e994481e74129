"""Why a file is of no use. Plain Python, no Odoo."""


class HistoryFileError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params
