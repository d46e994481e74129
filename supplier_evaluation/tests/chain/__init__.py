# chain
from . import test_chain
from . import test_chain_deciding
from . import test_chain_dump
from . import test_chain_growing
from . import test_chain_tampering
from . import test_chain_tours
