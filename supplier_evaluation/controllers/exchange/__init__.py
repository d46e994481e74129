# exchange
from . import exchange
