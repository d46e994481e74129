"""Jiandaoyun (简道云): entries of a form, by the identifier of the last one."""

from ..transport import Problem
from .feed import Feed, Page
from .shape import number_at, object_at, rows_at, text_at, wrong

# Too many requests, of the company or of the form.
BUSY = {8303, 8304}


class JiandaoyunFeed(Feed):
    """POST /api/v5/app/entry/data/list."""

    MOST = 100

    def page(self, cursor):
        asked = {
            "app_id": self.access.app,
            "entry_id": self.access.name,
            "limit": self.size,
        }
        if cursor.get("last"):
            asked["data_id"] = cursor["last"]

        def call(key):
            return self.client.request(
                "POST",
                self._address("/api/v5/app/entry/data/list"),
                repeat=True,  # it only asks
                json=asked,
                headers={"Authorization": f"Bearer {key}"},
                accept=(400,),
                check=_check,
            )

        answer = self._authorized(call)
        rows = rows_at(answer, answer.json(), "data")
        if len(rows) < self.size:
            return Page(rows)
        last = text_at(answer, rows[-1], "_id")
        if not last:
            raise wrong(answer, "_id")
        return Page(rows, {"last": last}, True)


def _check(answer):
    """Read the words of an answer of 400: it may be too many requests."""
    if answer.status != 400:
        return
    said = object_at(answer, answer.json(), "")
    code = number_at(answer, said, "code")
    if code in BUSY:
        raise Problem("busy", host=answer.host)
    raise Problem("refused", host=answer.host, code=code, text=said.get("msg", ""))
