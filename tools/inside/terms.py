"""Writes the add-on's terms, and keeps what was translated of them."""

from io import BytesIO
from pathlib import Path

import polib

from odoo.tools.translate import trans_export

WIDTH = 80


def main(env, args):
    """Export the terms of a module to its folder i18n, and update the languages there.

    :param dict args: ``module`` and the ``folder`` of its translations
    """
    folder = Path(args["folder"])
    buffer = BytesIO()
    trans_export(False, [args["module"]], buffer, "po", env)
    terms = polib.pofile(buffer.getvalue().decode(), wrapwidth=WIDTH)
    _keep_date(terms, folder / f"{args['module']}.pot")
    terms.save(str(folder / f"{args['module']}.pot"))
    print(f"{len(terms)} terms")
    for path in sorted(folder.glob("*.po")):
        translated = polib.pofile(str(path), wrapwidth=WIDTH)
        known = {entry.msgid: entry.msgstr for entry in translated}
        merged = polib.POFile(wrapwidth=WIDTH)
        merged.header, merged.metadata = terms.header, translated.metadata
        for entry in terms:
            merged.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=known.get(entry.msgid, ""),
                    comment=entry.comment,
                    occurrences=entry.occurrences,
                )
            )
        merged.save(str(path))
        print(f"{path.stem}: {len(merged.untranslated_entries())} without translation")


def _keep_date(terms, path):
    """Terms that are the same as before were not made today."""
    if path.exists():
        before = polib.pofile(str(path))
        if [entry.msgid for entry in before] == [entry.msgid for entry in terms]:
            terms.metadata = before.metadata
