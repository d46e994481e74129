"""What KPIs measured of every supplier, kept by the database and read by the slice."""

from odoo.tools import SQL

from ...tools.streams import drop_answers, fetch_slices, keep_answer, study_answers

# Ends an aggregate that Odoo does not know: the sum of squares, made of the values.
SQUARES = ":squares"
# Ends one that counts different related records.
DIFFERENT = ":count_distinct"


def answer_of(asked, values):
    """Return the answer for one supplier.

    :param dict asked: ``{aggregate of a question: aggregate that was fetched}``
    :param values: those of what was fetched, in its order
    :return: ``{aggregate of a question: value}``
    """
    answer = dict(zip(asked, values, strict=True))
    for spec in asked:
        if spec.endswith(SQUARES):
            answer[spec] = sum((each or 0) ** 2 for each in answer[spec])
    return answer


class Source:
    """The answer to KPIs that share a query: a table with one row a supplier.

    :param kpis: these KPIs
    :param FactScope scope: what they are asked for
    :raises Exception: their definition, or their facts, have an error
    """

    def __init__(self, kpis, scope):
        self.env = kpis.env
        self.questions = [kpi._question() for kpi in kpis]
        self.enrols = any(kpi._enrols() for kpi in kpis)
        self.asked = kpis[0]._asked_of(self.questions)
        records = self.env[kpis[0].fact_model]
        # What ``_read_group`` says where a sum has no record.
        self._empty = [
            records._read_group_empty_value(spec) for spec in self.asked.values()
        ]
        self.table = keep_answer(self.env, kpis[0]._answers_query(scope, self.asked))
        if not kpis._came_with_an_app():
            self._try_out()

    def columns(self, alias):
        """Return what is read of a supplier: whether there is an answer, and it."""
        names = [SQL.identifier(f"a{number}") for number in range(len(self.asked))]
        return [
            SQL("%s.partner_id IS NOT NULL", alias),
            *(SQL("%s.%s", alias, name) for name in names),
        ]

    def measures(self, values):
        """Return ``{kpi_code: Measure}`` of a supplier.

        :param values: of :meth:`columns`
        """
        has_answer, *found = values
        if not has_answer:
            return {}
        answer = answer_of(
            self.asked,
            [
                empty if value is None else value
                for value, empty in zip(found, self._empty, strict=True)
            ],
        )
        return {question.code: question.measure(answer) for question in self.questions}

    def _try_out(self):
        """Somebody's definition may fail over any supplier: better now than amid."""
        alias = SQL.identifier("answer")
        query = SQL(
            "SELECT %s FROM %s answer WHERE partner_id IS NOT NULL",
            SQL(", ").join(self.columns(alias)),
            self.table,
        )
        for rows in fetch_slices(self.env, query):
            for row in rows:
                self.measures(row)


class Measured:
    """The figures of all suppliers, see ``supplier.kpi._measured``.

    In memory are those of a slice of suppliers only. Each source was asked once.
    """

    def __init__(self, env, sources):
        self.env = env
        self.sources = sources
        self._extra = []

    def __enter__(self):
        study_answers(self.env, [source.table for source in self.sources])
        return self

    def __exit__(self, error, *_about):
        # Of a transaction that failed, they are gone with it.
        if not error:
            tables = [source.table for source in self.sources]
            drop_answers(self.env, [*tables, *self._extra])

    def enrolled(self):
        """Return the ids of the suppliers with a record that makes them take part."""
        queries = [
            SQL("SELECT partner_id FROM %s", source.table)
            for source in self.sources
            if source.enrols
        ]
        if not queries:
            return []
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id FROM (%s) taking_part WHERE partner_id IS NOT NULL",
                SQL(" UNION ").join(queries),
            )
        )
        return [partner_id for (partner_id,) in rows]

    def keep(self, *queries):
        """Let the database keep something else as long as the figures.

        :param SQL queries: SELECTs
        :return: the names of their tables
        """
        tables = [keep_answer(self.env, query) for query in queries]
        self._extra += tables
        study_answers(self.env, tables)
        return tables

    def slices(self, partner_ids, columns=(), joins=()):
        """Yield slices of suppliers: lists of ``(what else, {kpi_code: Measure})``.

        What else begins with the supplier's id.

        :param partner_ids: the suppliers, in the order in which they come
        :param columns: SQL of what else is read of each
        :param joins: SQL that joins tables, with these columns, to ``asked.partner_id``
        """
        read, spans, tables = list(columns), [], list(joins)
        # The supplier comes before them.
        own = start = 1 + len(read)
        for number, source in enumerate(self.sources):
            alias = SQL.identifier(f"s{number}")
            answers = source.columns(alias)
            read += answers
            spans.append((source, slice(start, start + len(answers))))
            start += len(answers)
            tables.append(
                SQL(
                    "LEFT JOIN %(table)s %(alias)s"
                    " ON %(alias)s.partner_id = asked.partner_id",
                    table=source.table,
                    alias=alias,
                )
            )
        for rows in self.known(partner_ids, read, tables):
            yield [(row[:own], _measures(spans, row)) for row in rows]

    def known(self, partner_ids, columns, joins):
        """Yield slices of suppliers: lists of what else, without their figures.

        See :meth:`slices`.
        """
        if not partner_ids:
            return
        query = SQL(
            """
            SELECT %s
              FROM unnest(%s::integer[])
                   WITH ORDINALITY AS asked (partner_id, position) %s
             ORDER BY asked.position
            """,
            SQL(", ").join([SQL("asked.partner_id"), *columns]),
            list(partner_ids),
            SQL(" ").join(joins),
        )
        yield from fetch_slices(self.env, query)


def _measures(spans, row):
    measures = {}
    for source, span in spans:
        measures.update(source.measures(row[span]))
    return measures
