from . import scorecard_export
