import tempfile
import unittest
from pathlib import Path

from tools.shares import classes_of, tags_of


class TestShares(unittest.TestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name)
        self.one = self._addon("one", TestB="b", TestA="a", TestC="deep/c")
        self.other = self._addon("other", TestA="a")

    def _addon(self, name, **classes):
        for cls, path in classes.items():
            file = self.top / name / "tests" / f"{path}.py"
            file = file.with_name(f"test_{file.name}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                f"class Common:\n    pass\n\nclass {cls}(Common):\n    pass\n"
            )
        return self.top / name

    def test_classes(self):
        self.assertEqual(classes_of(self.one), ["TestA", "TestB", "TestC"])

    def test_each_class_is_in_one_share(self):
        first, rest = tags_of([self.one, self.other], 2)
        self.assertEqual(first, "/one:TestB,/other:TestA")
        self.assertEqual(rest, "/one,/other,-/one:TestB,-/other:TestA")

    def test_one_share_is_everything(self):
        self.assertEqual(tags_of([self.one, self.other], 1), ["/one,/other"])

    def test_more_shares_than_classes(self):
        self.assertEqual(len(tags_of([self.other], 4)), 1)
        self.assertEqual(len(tags_of([self.one], 9)), 3)


if __name__ == "__main__":
    unittest.main()
