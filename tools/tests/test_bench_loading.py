"""Which of the statements that generate the rows may run at the same time."""

import unittest

from tools.bench import data, loading

TEXT = """
-- The source.
CREATE TABLE bench.parameter AS SELECT %s AS lines, (SELECT MAX(id) FROM line) AS base;
INSERT INTO line (id) SELECT 1 FROM bench.parameter;
INSERT INTO line_rel (id) SELECT 1 FROM bench.parameter;
CREATE INDEX ON bench.parameter (lines);
INSERT INTO move (id) SELECT id FROM line;
DROP SCHEMA bench CASCADE;
"""


class TestTasks(unittest.TestCase):
    def needs(self, tasks):
        """Of each statement, the numbers of those that it waits for."""
        return [[tasks.index(need) for need in task.needs] for task in tasks]

    def test_what_names_the_same_follows(self):
        tasks = loading.tasks(TEXT, [7])
        self.assertEqual(
            [task.writes for task in tasks],
            ["bench.parameter", "line", "line_rel", "bench.parameter", "move", "bench"],
        )
        self.assertEqual(
            self.needs(tasks),
            # What reads a table comes before what writes it later on, too.
            [[], [0], [0], [0, 1, 2], [1], [0, 1, 2, 3]],
        )

    def test_only_who_asks_for_values_gets_them(self):
        given = [task.values for task in loading.tasks(TEXT, [7])]
        self.assertEqual(given, [[7], (), (), (), (), ()])

    def test_tables_that_are_dropped_need_no_log(self):
        first, *_others = loading.tasks(TEXT)
        self.assertIn("CREATE UNLOGGED TABLE bench.parameter", first.text)

    def test_all_that_is_generated(self):
        files = sorted(data.STATEMENTS.glob("*.sql"))
        tasks = loading.tasks("".join(file.read_text() for file in files), range(5))
        self.assertEqual(len([task for task in tasks if task.values]), 1)
        written = {task.writes for task in tasks}
        self.assertLessEqual({"purchase_order_line", "stock_move"}, written)
        for task in tasks[1:]:
            self.assertTrue(task.needs, task.title)
        moves, lines = (
            next(task for task in tasks if task.title == f"INSERT INTO {table}")
            for table in ("stock_move", "purchase_order_line")
        )
        self.assertNotIn(lines, moves.needs)  # at the same time


class TestAgain(unittest.TestCase):
    def test_one_task_for_a_table(self):
        rows = [
            ["line", "a", "CREATE INDEX a ON line (x)"],
            ["line", "b", "CREATE INDEX b ON line (y)"],
            ["move", "c", "CREATE INDEX c ON move (x)"],
        ]
        tasks = loading._indexes_again(rows)
        self.assertEqual(
            [task.title for task in tasks], ["indexes line", "indexes move"]
        )
        self.assertIn("(x);CREATE INDEX b", tasks[0].text)
        checks = loading._keys_again([["line", "k", "FOREIGN KEY"]])
        self.assertEqual(checks[0].text, "ALTER TABLE line VALIDATE CONSTRAINT k")
