# contract
from . import test_contract
from . import test_contract_bypass
from . import test_contract_deciding
from . import test_contract_gate
from . import test_contract_line
from . import test_contract_penalty
from . import test_contract_tours
