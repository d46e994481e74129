"""Registry data as Tianyancha (天眼查) gives it: asked for one company at a time."""

from bisect import bisect_left

from ..transport import Problem
from .feed import Feed, Page
from .shape import number_at, object_at, rows_at, wrong

NOTHING = 300_000
BUSY = {300_004}
LOGIN = {300_002, 300_003, 300_005, 300_006}


class TianyanchaFeed(Feed):
    """GET /services/open/… for each supplier, by pages where there are some.

    Each row is told of whom it is: ``_subject`` is what was asked for. Suppliers come
    in the order of their numbers, and the cursor has the number: whoever is added or
    taken away meanwhile moves nobody else.
    """

    MOST = 20
    PER_SECOND = 2

    def page(self, cursor):
        subjects = sorted(set(self.access.subjects))
        wanted = str(cursor.get("subject", ""))
        place = bisect_left(subjects, wanted)
        if place >= len(subjects):
            return Page([])
        subject = subjects[place]
        number = cursor.get("page", 1) if subject == wanted else 1
        rows, total = self._ask(subject, number)
        rows = [{**row, "_subject": subject} for row in rows]
        if number * self.size < total:
            return Page(rows, {"subject": subject, "page": number + 1}, True)
        if place + 1 == len(subjects):
            return Page(rows)
        return Page(rows, {"subject": subjects[place + 1], "page": 1}, True)

    def _ask(self, subject, number):
        """Return rows and how many there are on all pages.

        :raises Problem: ``shape``, if there are fewer than it says
        """
        params = {"keyword": subject, "pageNum": number, "pageSize": self.size}

        def call(key):
            return self.client.request(
                "GET",
                self._address(self.access.name),
                params=params,
                headers={"Authorization": key},
                check=_check,
            )

        answer = self._authorized(call)
        result = object_at(answer, answer.json(), "result")
        total = number_at(answer, result, "total")
        if total is None and "items" not in result:
            return ([result] if result else []), 0
        rows = rows_at(answer, result, "items") if total != 0 else []
        if not rows and (number - 1) * self.size < (total or 0):
            raise wrong(answer, "result.items")
        return rows, total or 0


def _check(answer):
    said = object_at(answer, answer.json(), "")
    code = number_at(answer, said, "error_code")
    if code in LOGIN:
        raise Problem("login", host=answer.host, status=code)
    if code in BUSY:
        raise Problem("busy", host=answer.host)
    if code not in (0, NOTHING):
        text = said.get("reason", "")
        raise Problem("refused", host=answer.host, code=code, text=text)
