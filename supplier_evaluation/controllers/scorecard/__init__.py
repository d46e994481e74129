# scorecard
from . import scorecard_export
