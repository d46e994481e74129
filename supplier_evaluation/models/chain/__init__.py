# chain
from . import supplier_chain_waiting
from . import supplier_chain_block
from . import sealing
from . import telling

# mixins
from . import supplier_guard_mixin
from . import supplier_sealed_mixin
