from . import test_blanket_contract
from . import test_choice
from . import test_choice_changes
from . import test_choice_paper
from . import test_comparison
from . import test_requisition_terms
from . import test_sourcing
from . import test_blanket_list
