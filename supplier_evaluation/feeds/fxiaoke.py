"""Fxiaoke (纷享销客): records of an object, with a token of the company."""

from ..transport import Problem
from .feed import Feed, Page, rows_at

# The token is over, or is none.
LOGIN = {20005, 20013, 20016}


class FxiaokeFeed(Feed):
    """POST /cgi/crm/v2/data/query by offsets; errors come in answers of 200."""

    MOST = 100

    def page(self, cursor):
        offset = cursor.get("offset", 0)
        query = {
            "limit": self.size,
            "offset": offset,
            "filters": [],
            "orders": [{"fieldName": "create_time", "isAsc": True}],
        }

        def call(token):
            company, value = token
            return self._post(
                "/cgi/crm/v2/data/query",
                {
                    "corpAccessToken": value,
                    "corpId": company,
                    "currentOpenUserId": self.access.app,
                    "data": {
                        "dataObjectApiName": self.access.name,
                        "search_query_info": query,
                    },
                },
            )

        answer = self._authorized(call)
        rows = rows_at(answer, answer.json(), "data.dataList")
        return Page(rows, {"offset": offset + len(rows)}, len(rows) >= self.size)

    def _login(self):
        access = self.access
        content = self._post(
            "/cgi/corpAccessToken/get/V2",
            {
                "appId": access.login,
                "appSecret": access.secret,
                "permanentCode": access.key,
            },
        ).json()
        return content.get("corpId"), content.get("corpAccessToken")

    def _post(self, path, content):
        """Return an answer without an error; asking changes nothing, so again."""
        answer = self.client.request(
            "POST", self._address(path), repeat=True, json=content
        )
        said = answer.json()
        code = said.get("errorCode") if isinstance(said, dict) else None
        if code in LOGIN:
            raise Problem("login", host=answer.host, status=code)
        if code != 0:
            text = said.get("errorMessage", "") if isinstance(said, dict) else ""
            raise Problem("refused", host=answer.host, code=code, text=str(text)[:300])
        return answer
