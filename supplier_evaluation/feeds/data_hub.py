"""A data hub: files of one record a line, and a manifest of what is in them.

The manifest is JSON: ``{"files": [{"name": …, "sha256": …, "records": …}]}``. A file
that was taken is known by its checksum, and not read again.
"""

import hashlib
import json
from urllib.parse import urljoin

from ..transport import Problem
from .feed import Feed, Page, rows_at


class HubFeed(Feed):
    """Reads the files of the manifest one after the other."""

    _read = (None, ())

    def page(self, cursor):
        done, line = set(cursor.get("done", ())), cursor.get("line", 0)
        answer = self._get(self.access.url)
        files = rows_at(answer, answer.json(), "files")
        # What the manifest no longer names is not remembered.
        done &= {one.get("sha256") for one in files}
        left = [one for one in files if one.get("sha256") not in done]
        if not left:
            return Page([], {"done": sorted(done)})
        if cursor.get("file") != left[0]["sha256"]:
            line = 0
        rows = self._rows(left[0])
        end = line + self.size
        if end < len(rows):
            place = {"file": left[0]["sha256"], "line": end, "done": sorted(done)}
            return Page(rows[line:end], place, True)
        done.add(left[0]["sha256"])
        return Page(rows[line:end], {"done": sorted(done)}, len(left) > 1)

    def _get(self, url):
        key = self.access.key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.client.request("GET", url, headers=headers)

    def _rows(self, file):
        stamp, rows = self._read
        if stamp != file["sha256"]:
            rows = self._fetch(file)
            self._read = (file["sha256"], rows)
        return rows

    def _fetch(self, file):
        """Return the records of a file.

        :raises Problem: ``manifest``, if it is not as the manifest says
        """
        name = str(file.get("name", ""))
        if not name or "/" in name or "\\" in name or name.startswith("."):
            raise Problem("manifest", name=name)
        answer = self._get(urljoin(self.access.url, name))
        if hashlib.sha256(answer.body).hexdigest() != file["sha256"]:
            raise Problem("manifest", name=name)
        try:
            rows = [json.loads(line) for line in answer.body.splitlines() if line]
        except ValueError as error:
            raise Problem("manifest", name=name) from error
        counted = file.get("records", len(rows))
        if len(rows) != counted or not all(isinstance(row, dict) for row in rows):
            raise Problem("manifest", name=name)
        return rows
