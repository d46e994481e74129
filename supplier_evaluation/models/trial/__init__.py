# template
from . import supplier_scorecard_template

# what if
from . import supplier_evaluation

# back-test
from . import supplier_trial
from . import telling
from . import supplier_trial_period
from . import supplier_trial_card
