#!/usr/bin/env python3
"""Check the chain of seals of supplier_evaluation in a dump of its database.

Needs Python 3.10 or newer and nothing else: no Odoo, no PostgreSQL.

    pg_dump --format=plain DATABASE > dump.sql
    python3 verify_chain.py dump.sql --head chain-heads-2026-10-31.json

DUMP is what a plain pg_dump writes, also as .gz, or a backup of Odoo (.zip, with its
dump.sql). HEAD is what "Export the Last Seals" downloaded at any time before, and was
kept elsewhere: it also shows a chain that was made anew as a whole, or cut off.

What is checked, for each company:
- every block has the number after the one before, and the seal that follows from that
  one's seal and from all that the block says;
- what it says of a row is what the row says now, suppliers that were merged meanwhile
  taken as one; a row that is gone went with what it told about, as a later block says;
- every row of what the chain covers is in a block, or waits for its seal.

The form. A seal is the SHA-256, in hexadecimal digits, of these lines in UTF-8, joined
by line feeds: the seal before (empty for the first block), company_id, number, date,
kind, res_model, res_id, content, as COPY writes them (without its escapes). The content
is JSON: {"row": {column: text or null}} with texts as COPY writes them, those of more
than 500 characters as ["sha256", digest]; "anew" are columns that a later step may
change, "partners" those that merging suppliers changes. A link to many rows is their
ids in rising order, with commas between them. "parts" are digests of the rows
of which it consists: SHA-256 of these rows in the order of their ids, each the columns
that are named, as COPY writes them, escapes included.

Seals make changes evident. They do not prevent them.

Ends with 0 when all chains hold, 1 when one is broken, 2 when it could not be checked.
"""

import argparse
import gzip
import hashlib
import io
import json
import re
import sqlite3
import sys
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

BLOCKS = "supplier_chain_block"
WAITING = "supplier_chain_waiting"
LONGEST = 500
COPY = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? \((.*)\) FROM stdin;\s*$')
ESCAPED = re.compile(r"\\(.)")
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
WRITTEN = str.maketrans(
    {"\\": "\\\\", **{sign: f"\\{letter}" for letter, sign in ESCAPES.items()}}
)
TABLES = """
CREATE TABLE block (company INTEGER, number INTEGER, date TEXT, kind TEXT, model TEXT,
                    id INTEGER, content TEXT, seal TEXT);
CREATE TABLE waiting (company INTEGER, kind TEXT, model TEXT, id INTEGER, content TEXT);
CREATE TABLE record (model TEXT, id INTEGER, company INTEGER, row TEXT);
CREATE TABLE part (model TEXT, parent INTEGER, id INTEGER, row TEXT);
CREATE TABLE link (model TEXT, name TEXT, id INTEGER, other INTEGER);
"""
INDEXES = """
CREATE INDEX block_number ON block (company, number);
CREATE INDEX block_record ON block (company, model, id, number);
CREATE INDEX waiting_record ON waiting (model, id);
"""
# Made when the rows are there.
RECORD_INDEXES = """
CREATE INDEX record_id ON record (model, id);
CREATE INDEX part_parent ON part (model, parent, id);
CREATE INDEX link_id ON link (model, name, id, other);
"""


class Unreadable(Exception):
    """The dump cannot be checked, and why."""


# A file that is no dump, or a part of one, is no broken chain.
UNREADABLE = (
    Unreadable,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    sqlite3.Error,
    zipfile.BadZipFile,
    zlib.error,
)


# ------------------------------------------------------------
# Reading a dump
# ------------------------------------------------------------


def open_dump(path):
    """Open a plain dump, a compressed one, or a backup of Odoo."""
    if path.suffix == ".zip":
        try:
            return zipfile.ZipFile(path).open("dump.sql")
        except KeyError:
            what = f"{path} has no dump.sql: it is no backup of Odoo."
            raise Unreadable(what) from None
    if path.suffix == ".gz":
        return gzip.open(path)
    return path.open("rb")


def read_rows(path, tables):
    """Yield ``(table, {column: text or None})`` of the rows of tables in a dump.

    Before the rows of a table, ``(table, None)`` says that it is there.
    """
    with closing(open_dump(path)) as stream:
        columns = table = None
        for line in io.BufferedReader(stream):
            if columns is None:
                if line.startswith(b"COPY ") and (found := COPY.match(line)):
                    table = found[1].decode()
                    names = found[2].decode().split(", ")
                    columns = [name.strip('"') for name in names]
                    if table in tables:
                        yield table, None
            elif line.rstrip(b"\r\n") == b"\\.":
                columns = None
            elif table in tables:
                texts = line.rstrip(b"\n").decode().split("\t")
                yield table, dict(zip(columns, map(unescaped, texts), strict=True))
    if columns is not None:
        raise Unreadable(f"{path} is cut off: it ends in the rows of {table}.")


def unescaped(text):
    """Return a value of COPY's text format without its escapes."""
    if text == "\\N":
        return None
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda found: ESCAPES.get(found[1], found[1]), text)


def escaped(text):
    """Return a value as COPY writes it."""
    return "\\N" if text is None else text.translate(WRITTEN)


def load(path, db):
    """Put the chains of a dump, and the rows of what they cover, into a database.

    :return: the models whose tables are in the dump, and their links, ``(model, name)``
    """
    db.executescript(TABLES)
    for table, row in read_rows(path, {BLOCKS, WAITING}):
        if row is None:
            continue
        own = [row["kind"], row["res_model"], row["res_id"], row["content"]]
        if table == WAITING:
            values = [row["company_id"], *own]
            db.execute("INSERT INTO waiting VALUES (?, ?, ?, ?, ?)", values)
        else:
            values = [row["company_id"], row["number"], row["date"], *own, row["seal"]]
            db.execute("INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    db.executescript(INDEXES)
    models = covered(db)
    parts = {}
    for said in models.values():
        parts.update(said["parts"])
    tables = {name.replace(".", "_"): name for name in (*models, *parts)}
    links = {
        link[0]: (model, name, *link[1:])
        for model, said in models.items()
        for name, link in said["links"].items()
    }
    found = set()
    for table, row in read_rows(path, {*tables, *links}):
        if table in links:
            model, name, column, other = links[table]
            found.add((model, name))
            if row is not None:
                values = [model, name, row[column], row[other]]
                db.execute("INSERT INTO link VALUES (?, ?, ?, ?)", values)
            continue
        name = tables[table]
        found.add(name)
        if row is None:
            continue
        if name in parts:
            values = [name, row[parts[name]], row["id"], json.dumps(row)]
            db.execute("INSERT INTO part VALUES (?, ?, ?, ?)", values)
            continue
        when = models[name]["when"]
        if not when or row.get(when) not in (None, "0"):
            values = [name, row["id"], row["company_id"], json.dumps(row)]
            db.execute("INSERT INTO record VALUES (?, ?, ?, ?)", values)
    db.executescript(RECORD_INDEXES)
    return found


def covered(db):
    """Return what the chains say that they cover, by model.

    "when" is a column that is neither empty nor 0 in rows that are to be sealed; none:
    all are. "parts" are the models of what a row consists of, with their link to it.
    "links" are columns of many rows, with the table of these and its two columns. What
    was said last counts, in whichever company.
    """
    models = {}
    for said in covers_of(db):
        models.update(said)
    return models


def covers_of(db):
    """Return what chains say that they cover, as ``covered``; the newest is last."""
    found = db.execute(
        "SELECT content FROM block WHERE kind = 'covers' ORDER BY date, number"
    )
    return [said_to_cover(parsed(content).get("covers")) for (content,) in found]


def said_to_cover(covers):
    """Return what a block says that is covered; nothing of what was made unreadable."""
    models = {}
    for name, said in covers.items() if isinstance(covers, dict) else ():
        if isinstance(said, dict) and isinstance(said.get("parts"), dict):
            links = said.get("links")
            models[name] = {
                "when": said.get("when"),
                "parts": said["parts"],
                "links": links if isinstance(links, dict) else {},
            }
    return models


def not_in_dump(db, there):
    """Return the tables that the chains cover by now, and that the dump has not."""
    missing = set()
    for model, said in (covers_of(db) or [{}])[-1].items():
        missing |= {model, *said["parts"]} - there
        missing |= {
            link[0]
            for name, link in said["links"].items()
            if (model, name) not in there
        }
    return sorted(name.replace(".", "_") for name in missing)


def parsed(content):
    """Return what a block says; nothing, where it was made unreadable."""
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


# ------------------------------------------------------------
# Checking
# ------------------------------------------------------------


def seal_of(previous, values):
    """Return the seal of a block that follows another one."""
    text = "\n".join([previous, *map(str, values)])
    return hashlib.sha256(text.encode()).hexdigest()


def as_said(text):
    """Return a value as a block says it."""
    if text is None or len(text) <= LONGEST:
        return text
    return ["sha256", hashlib.sha256(text.encode()).hexdigest()]


class Chain:
    """The chain of one company in a dump."""

    def __init__(self, db, company, there):
        self.db = db
        self.company = company
        self.there = there
        self.into = {}
        for (content,) in db.execute(
            "SELECT content FROM block WHERE kind = 'merged' AND company = ?"
            " UNION ALL"
            " SELECT content FROM waiting WHERE kind = 'merged' AND company = ?",
            (company, company),
        ):
            merge = parsed(content)
            sources = merge.get("merged")
            if isinstance(sources, list):
                self.into.update(dict.fromkeys(map(str, sources), merge.get("into")))

    def problems(self):
        """Yield what is broken, the first block first."""
        yield from self.of_blocks()
        yield from self.without_block()

    def of_blocks(self):
        number, seal = 0, ""
        for values in self.db.execute(
            "SELECT number, date, kind, model, id, content, seal FROM block"
            " WHERE company = ? ORDER BY number, seal",
            (self.company,),
        ):
            *said, stored = values
            number += 1
            previous, seal = seal, stored
            if said[0] != number:
                yield f"number {number}: the block is missing"
                number = said[0]
            elif seal_of(previous, (self.company, *said)) != stored:
                yield (
                    f"number {number}: {said[3]} id {said[4]}: the block does not "
                    "match its seal: it was changed, moved or put in"
                )
            elif problem := self.of_row(*said):
                yield f"number {number}: {said[3]} id {said[4]}: {problem}"

    def of_row(self, number, _date, kind, model, row_id, content):
        """Return what is wrong with the row behind a block, or None."""
        said = parsed(content)
        if model not in self.there or not ("row" in said or kind == "gone"):
            return None
        last, end = self.db.execute(
            "SELECT number, kind FROM block WHERE company = ? AND model = ? AND id = ?"
            " ORDER BY number DESC LIMIT 1",
            (self.company, model, row_id),
        ).fetchone()
        waits = self.waits(model, row_id)
        row = self.row(model, row_id)
        if row is not None:
            row.update(self.links(model, row_id))
        if kind == "gone":
            is_back = row is not None and last == number
            return "it was deleted, and is there again" if is_back else None
        if row is None or said["row"] is None:
            return None if "gone" in (end, *waits) else "it was deleted"
        is_later = last != number or "changed" in waits
        changed = [
            name
            for name, text in said["row"].items()
            if name in row
            and not (is_later and name in said["anew"])
            and as_said(row[name])
            != (self.now_called(text) if name in said["partners"] else text)
        ]
        changed += [
            part
            for part, sealed in said.get("parts", {}).items()
            if self.has_changed(part, row_id, **sealed)
        ]
        return f"it was changed: {', '.join(changed)}" if changed else None

    def has_changed(self, part, row_id, columns, sha256):
        """Whether what a row consists of is not what was sealed."""
        found = self.db.execute(
            "SELECT row FROM part WHERE model = ? AND parent = ? ORDER BY id",
            (part, row_id),
        )
        rows = [json.loads(row) for (row,) in found]
        if part not in self.there or any(set(columns) - row.keys() for row in rows):
            return False
        lines = ["\t".join(escaped(row[name]) for name in columns) for row in rows]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return (digest if rows else None) != sha256

    def waits(self, model, row_id):
        found = self.db.execute(
            "SELECT kind FROM waiting WHERE model = ? AND id = ?", (model, row_id)
        )
        return [kind for (kind,) in found]

    def row(self, model, row_id):
        found = self.db.execute(
            "SELECT row FROM record WHERE model = ? AND id = ?", (model, row_id)
        ).fetchone()
        return found and json.loads(found[0])

    def links(self, model, row_id):
        """Return the links to many rows of a row, as a block says them."""
        links = {}
        for of_model, name in (key for key in self.there if isinstance(key, tuple)):
            if of_model == model:
                found = self.db.execute(
                    "SELECT other FROM link WHERE model = ? AND name = ? AND id = ?"
                    " ORDER BY other",
                    (model, name, row_id),
                )
                links[name] = ",".join(str(other) for (other,) in found) or None
        return links

    def now_called(self, partner):
        """Follow a supplier to the one into which it was merged."""
        seen = set()
        while partner in self.into and partner not in seen:
            seen.add(partner)
            partner = self.into[partner]
        return partner

    def without_block(self):
        for model, row_id in self.db.execute(
            "SELECT model, id FROM record WHERE company = ?"
            " AND NOT EXISTS (SELECT 1 FROM block WHERE block.company = record.company"
            "  AND block.model = record.model AND block.id = record.id)"
            " AND NOT EXISTS (SELECT 1 FROM waiting WHERE waiting.model = record.model"
            "  AND waiting.id = record.id) ORDER BY model, id",
            (self.company,),
        ):
            yield f"{model} id {row_id}: it is in no block: it was put in by hand"

    def head_problem(self, head):
        """Return what is wrong with a seal that was kept elsewhere, or None."""
        found = self.db.execute(
            "SELECT seal FROM block WHERE company = ? AND number = ?",
            (self.company, head["number"]),
        ).fetchall()
        if not found:
            return f"number {head['number']}, which was exported, is missing"
        if (head["seal"],) not in found:
            return (
                f"number {head['number']} has another seal than the exported one: the "
                "chain was made anew"
            )
        return None


def check(db, there, heads):
    """Check all chains, and print what was found.

    :return: whether all of them hold
    :rtype: bool
    """
    companies = {row[0] for row in db.execute("SELECT DISTINCT company FROM block")}
    companies |= {row[0] for row in db.execute("SELECT DISTINCT company FROM record")}
    companies |= {head["company_id"] for head in heads}
    holds = True
    for company in sorted(companies):
        chain = Chain(db, company, there)
        problems = list(chain.problems())
        own = [head for head in heads if head["company_id"] == company]
        problems += filter(None, map(chain.head_problem, own))
        count, last = db.execute(
            "SELECT COUNT(*), MAX(number) FROM block WHERE company = ?", (company,)
        ).fetchone()
        [(waiting,)] = db.execute(
            "SELECT COUNT(*) FROM waiting WHERE company = ?", (company,)
        )
        print(f"Company {company}: {count} blocks, {waiting} not sealed yet", end="")
        print("" if problems else ". It holds" + (", as exported." if own else "."))
        for problem in problems:
            print(f"  BROKEN {problem}")
        if count:
            [(seal,)] = db.execute(
                "SELECT seal FROM block WHERE company = ? AND number = ? LIMIT 1",
                (company, last),
            )
            print(f"  last number {last}, seal {seal}")
        holds = holds and not problems
    for table in not_in_dump(db, there):
        print(f"BROKEN the dump has no table {table}, which the chain covers")
        holds = False
    return holds


def read_heads(paths):
    """Return the ends of chains that were exported."""
    heads = []
    for path in paths:
        try:
            heads += json.loads(path.read_text(encoding="utf-8"))["heads"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Unreadable(f"{path} is no export of last seals: {error}") from error
    return heads


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dump", type=Path)
    parser.add_argument("--head", type=Path, action="append", default=[])
    args = parser.parse_args(argv)
    try:
        heads = read_heads(args.head)
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(sqlite3.connect(Path(folder, "chain.db"))) as db,
        ):
            there = load(args.dump, db)
            if not db.execute("SELECT 1 FROM block LIMIT 1").fetchone():
                raise Unreadable(
                    f"{args.dump} has no chain of seals: it must be written by "
                    "pg_dump --format=plain, without --inserts."
                )
            return 0 if check(db, there, heads) else 1
    except UNREADABLE as error:
        print(f"Cannot be checked: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
