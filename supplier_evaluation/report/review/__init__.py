# review
from . import supplier_review_fact
from . import supplier_rater_figure
