"""Zoho CRM: records of a module, with a token that is refreshed each hour."""

from ..transport import Problem
from .feed import Feed, Page
from .shape import object_at, rows_at, text_at, wrong


class ZohoFeed(Feed):
    """GET /crm/v5/MODULE by page tokens, which go beyond 2,000 records."""

    MOST = 200

    def page(self, cursor):
        params = {"fields": ",".join(self.access.fields), "per_page": self.size}
        if cursor.get("token"):
            params["page_token"] = cursor["token"]

        def call(token):
            return self.client.request(
                "GET",
                self._address(f"/crm/v5/{self.access.name or 'Vendors'}"),
                params=params,
                headers={"Authorization": f"Zoho-oauthtoken {token}"},
            )

        answer = self._authorized(call)
        if answer.status == 204:
            return Page([])  # there are none
        content = answer.json()
        rows = rows_at(answer, content, "data")
        info = object_at(answer, content, "info")
        token = text_at(answer, info, "next_page_token")
        if info.get("more_records") and not token:
            raise wrong(answer, "info.next_page_token")
        return Page(rows, {"token": token} if token else {}, bool(token))

    def _login(self):
        access = self.access
        answer = self.client.request(
            "POST",
            f"{access.login_url.rstrip('/')}/oauth/v2/token",
            repeat=True,
            data={
                "grant_type": "refresh_token",
                "refresh_token": access.key,
                "client_id": access.login,
                "client_secret": access.secret,
            },
        )
        token = text_at(answer, answer.json(), "access_token")
        if not token:  # a refused refresh is an answer of 200
            raise Problem("login", host=answer.host, status=answer.status)
        return token
