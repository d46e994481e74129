"""Jiandaoyun (简道云): entries of a form, by the identifier of the last one."""

from .feed import Feed, Page, rows_at


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
            )

        answer = self._authorized(call)
        rows = rows_at(answer, answer.json(), "data")
        last = rows[-1].get("_id") if rows else cursor.get("last")
        return Page(rows, {"last": last}, len(rows) >= self.size)
