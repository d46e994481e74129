"""A CSV file that another system puts somewhere."""

import csv
import hashlib
import io

from ..transport import Problem
from .feed import Feed, Page

ENCODINGS = ("utf-8-sig", "gb18030")


class CsvFeed(Feed):
    """Reads the file whole, and gives it by pages.

    A file that changed in between is read from its beginning.
    """

    OPEN_END = False
    _taken = None

    def page(self, cursor):
        stamp, rows = self._file()
        start = cursor.get("row", 0) if cursor.get("stamp") == stamp else 0
        end = start + self.size
        return Page(rows[start:end], {"stamp": stamp, "row": end}, end < len(rows))

    def _file(self):
        if self._taken is None:
            self._taken = self._fetch()
        return self._taken

    def _fetch(self):
        key = self.access.key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        answer = self.client.request("GET", self.access.url, headers=headers)
        text = _decoded(answer.body)
        if text is None:
            raise Problem("shape", host=answer.host, path="CSV")
        first = text.partition("\n")[0]
        delimiter = max(",;\t|", key=first.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = [{k: v for k, v in row.items() if k} for row in reader]
        except csv.Error as error:
            raise Problem("shape", host=answer.host, path="CSV") from error
        return hashlib.sha256(answer.body).hexdigest(), rows


def _decoded(body):
    for encoding in ENCODINGS:
        try:
            return body.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return None
