# gate
from . import test_certification_agreement
from . import test_former_supplier
from . import test_gate_banner
from . import test_gate_branch_overrides
from . import test_gate_branches
from . import test_good_neighbour
from . import test_purchase_gate
from . import test_purchase_gate_certification
from . import test_purchase_gate_change
from . import test_purchase_gate_flow
from . import test_purchase_gate_tours
from . import test_purchase_override
from . import test_supplier_alternatives
from . import test_supplier_choice
