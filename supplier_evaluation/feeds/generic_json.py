"""Any system that gives JSON by pages, with a key in the header ``Authorization``."""

from .feed import Feed, Page
from .shape import rows_at, text_at, wrong


class JsonFeed(Feed):
    """Asks with ``page`` and ``page_size`` until a page is not full."""

    def page(self, cursor):
        number = cursor.get("page", 1)
        params = {"page": number, "page_size": self.size}

        def call(key):
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            return self.client.request(
                "GET", self._address(self.access.name), params=params, headers=headers
            )

        answer = self._authorized(call)
        rows = rows_at(answer, answer.json(), self.access.path)
        return Page(rows, {"page": number + 1}, len(rows) >= self.size)

    def _login(self):
        """Return the key; or a token, where one has to log in for it."""
        access = self.access
        if not access.login_url:
            return access.key
        answer = self.client.request(
            "POST",
            access.login_url,
            repeat=True,
            data={
                "grant_type": "client_credentials",
                "client_id": access.login,
                "client_secret": access.secret,
            },
        )
        token = text_at(answer, answer.json(), "access_token")
        if not token:
            raise wrong(answer, "access_token")
        return token
