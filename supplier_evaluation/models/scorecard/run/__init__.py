"""How an evaluation is computed: all suppliers, a slice of them at a time."""

from .run import EvaluationRun
from .scoring import TemplateScoring
from .survey import standings

__all__ = ["EvaluationRun", "TemplateScoring", "standings"]
