"""A data hub: files of one record a line, and a manifest of what is in them.

The manifest is JSON: ``{"files": [{"name": …, "sha256": …, "records": …}]}``. A file
that was taken is known by its checksum, and not read again.
"""

import hashlib
from dataclasses import dataclass
from urllib.parse import urljoin

from ..transport import Problem
from ..transport.plain import loads
from .feed import Feed, Page
from .shape import number_at, rows_at, text_at, wrong


@dataclass(frozen=True)
class File:
    """A file of the manifest; its count may be unknown."""

    name: str
    stamp: str
    count: int | None


class HubFeed(Feed):
    """Reads the files of the manifest one after the other."""

    OPEN_END = False
    _taken = (None, ())

    def page(self, cursor):
        done, line = set(cursor.get("done", ())), cursor.get("line", 0)
        files = self._files()
        # What the manifest no longer names is not remembered.
        done &= {one.stamp for one in files}
        left = [one for one in files if one.stamp not in done]
        if not left:
            return Page([], {"done": sorted(done)})
        file = left[0]
        if cursor.get("file") != file.stamp:
            line = 0
        rows = self._rows(file)
        end = line + self.size
        if end < len(rows):
            place = {"file": file.stamp, "line": end, "done": sorted(done)}
            return Page(rows[line:end], place, True)
        done.add(file.stamp)
        more = any(one.stamp not in done for one in left)
        return Page(rows[line:end], {"done": sorted(done)}, more)

    def _files(self):
        """Return the files that the manifest names.

        :raises Problem: ``shape``, if it says of one not what it is
        """
        answer = self._get(self.access.url)
        return [_file(answer, one) for one in rows_at(answer, answer.json(), "files")]

    def _get(self, url):
        key = self.access.key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.client.request("GET", url, headers=headers)

    def _rows(self, file):
        stamp, rows = self._taken
        if stamp != file.stamp:
            rows = self._fetch(file)
            self._taken = (file.stamp, rows)
        return rows

    def _fetch(self, file):
        """Return the records of a file.

        :raises Problem: ``manifest``, if it is not as the manifest says
        """
        name = file.name
        if not name or "/" in name or "\\" in name or name.startswith("."):
            raise Problem("manifest", name=name)
        answer = self._get(urljoin(self.access.url, name))
        if hashlib.sha256(answer.body).hexdigest() != file.stamp:
            raise Problem("manifest", name=name)
        try:
            rows = [loads(line) for line in answer.body.splitlines() if line]
        except ValueError as error:
            raise Problem("manifest", name=name) from error
        counted = len(rows) if file.count is None else file.count
        if len(rows) != counted or not all(isinstance(row, dict) for row in rows):
            raise Problem("manifest", name=name)
        return rows


def _file(answer, said):
    stamp = text_at(answer, said, "sha256").lower()
    if not stamp:
        raise wrong(answer, "sha256")
    name = text_at(answer, said, "name")
    return File(name, stamp, number_at(answer, said, "records"))
