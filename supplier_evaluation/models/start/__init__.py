# From nothing to the first published score, and what each person sees first.
from . import supplier_start

# aspects of the start
from . import zone
from . import template
from . import past
from . import people
from . import rules

from . import supplier_introduction_phase

# core models
from . import res_company
from . import res_users
from . import supplier_evaluation
