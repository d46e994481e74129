# handover
from . import res_users
