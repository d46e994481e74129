"""Registry data as Tianyancha (天眼查) gives it: asked for one company at a time."""

from ..transport import Problem
from .feed import Feed, Page, at

NOTHING = 300_000
BUSY = {300_004, 300_008}
LOGIN = {300_002, 300_003, 300_005, 300_006}


class TianyanchaFeed(Feed):
    """GET /services/open/… for each supplier, by pages where there are some.

    Each row is told of whom it is: ``_subject`` is what was asked for.
    """

    MOST = 20
    PER_SECOND = 2

    def page(self, cursor):
        place, number = cursor.get("subject", 0), cursor.get("page", 1)
        if place >= len(self.access.subjects):
            return Page([])
        subject = self.access.subjects[place]
        rows, total = self._ask(subject, number)
        rows = [{**row, "_subject": subject} for row in rows]
        if total is not None and rows and number * self.size < total:
            return Page(rows, {"subject": place, "page": number + 1}, True)
        after = {"subject": place + 1, "page": 1}
        return Page(rows, after, place + 1 < len(self.access.subjects))

    def _ask(self, subject, number):
        """Return rows and how many there are; without pages, that is None."""
        params = {"keyword": subject, "pageNum": number, "pageSize": self.size}

        def call(key):
            answer = self.client.request(
                "GET",
                self._address(self.access.name),
                params=params,
                headers={"Authorization": key},
            )
            content = answer.json()
            code = content.get("error_code") if isinstance(content, dict) else None
            if code in LOGIN:
                raise Problem("login", host=answer.host, status=code)
            if code in BUSY:
                raise Problem("busy", host=answer.host)
            if code not in (0, NOTHING):
                text = content.get("reason", "") if isinstance(content, dict) else ""
                values = {"code": code, "text": str(text)[:300]}
                raise Problem("refused", host=answer.host, **values)
            return content

        result = self._authorized(call).get("result") or {}
        items = at(result, "items")
        if isinstance(items, list):
            return [one for one in items if isinstance(one, dict)], result.get("total")
        return ([result] if isinstance(result, dict) and result else []), None
