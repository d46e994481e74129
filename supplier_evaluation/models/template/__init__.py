# template
from . import supplier_grade
from . import supplier_scorecard_template
from . import supplier_scorecard_template_line
from . import supplier_scorecard_template_point
