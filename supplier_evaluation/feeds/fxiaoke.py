"""Fxiaoke (纷享销客): records of an object, with a token of the company."""

from ..transport import Problem
from .feed import Feed, Page
from .shape import number_at, object_at, rows_at, text_at, wrong

# The token is over, or is none.
LOGIN = {20005, 20013, 20016}
# The system is busy.
BUSY = -1


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
        content = answer.json()
        rows = rows_at(answer, content, "data.dataList")
        end = offset + len(rows)
        total = number_at(answer, content, "data.total")
        more = len(rows) >= self.size if total is None else end < total
        if more and not rows:
            raise wrong(answer, "data.dataList")
        return Page(rows, {"offset": end}, more)

    def _login(self):
        access = self.access
        answer = self._post(
            "/cgi/corpAccessToken/get/V2",
            {
                "appId": access.login,
                "appSecret": access.secret,
                "permanentCode": access.key,
            },
        )
        content = answer.json()
        token = text_at(answer, content, "corpAccessToken")
        if not token:
            raise wrong(answer, "corpAccessToken")
        return text_at(answer, content, "corpId"), token

    def _post(self, path, content):
        """Return an answer without an error; asking changes nothing, so again."""
        return self.client.request(
            "POST", self._address(path), repeat=True, json=content, check=_check
        )


def _check(answer):
    said = object_at(answer, answer.json(), "")
    code = number_at(answer, said, "errorCode")
    if code in LOGIN:
        raise Problem("login", host=answer.host, status=code)
    if code == BUSY:
        raise Problem("busy", host=answer.host)
    if code != 0:
        text = said.get("errorMessage", "")
        raise Problem("refused", host=answer.host, code=code, text=text)
