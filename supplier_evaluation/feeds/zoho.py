"""Zoho CRM: records of a module, with a token that is refreshed each hour."""

from ..transport import Problem
from .feed import Feed, Page, rows_at


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
        info = content.get("info") or {}
        token = info.get("next_page_token")
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
        content = answer.json()
        token = content.get("access_token") if isinstance(content, dict) else None
        if not token:  # a refused refresh is an answer of 200
            raise Problem("login", host=answer.host, status=answer.status)
        return token
