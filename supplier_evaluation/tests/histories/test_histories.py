from odoo.tests import TransactionCase, tagged

from . import batch
from .acting import World


@tagged("post_install", "-at_install")
class TestHistories(TransactionCase):
    """The add-on and the executable definition say the same of random histories."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worlds = World.all(cls.env)

    def test_some(self):
        for number, world in enumerate(self.worlds):
            differences = batch.run(world, seed=1, batch=number, size=6)
            if differences:
                self.fail("\n\n".join(map(str, differences)))
