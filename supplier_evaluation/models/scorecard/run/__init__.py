"""How an evaluation is computed: all suppliers, a slice of them at a time."""

from .run import EvaluationRun
from .survey import standings

__all__ = ["EvaluationRun", "standings"]
