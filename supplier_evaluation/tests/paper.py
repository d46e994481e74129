"""Paper: reports as they come out of the printer, read again as text, and scans."""

import io
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from PIL import Image

from odoo.tests import TransactionCase
from odoo.tools.misc import find_in_path


class PaperCase(TransactionCase):
    """Prints for real: ``./dev test`` brings the printer, and what reads its pages."""

    def _print(self, report, records):
        """Return the text of each page.

        :param str report: external id of the report
        :param records: what is printed, by the user of its environment
        """
        reports = records.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        self.assertEqual(reports.get_wkhtmltopdf_state(), "ok")
        with self.allow_pdf_render():
            pdf, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        return self._pages(pdf)

    def _pages(self, pdf):
        """Return the text of each page of a PDF."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "printed.pdf")
            path.write_bytes(pdf)
            done = subprocess.run(
                [find_in_path("pdftotext"), "-layout", "-enc", "UTF-8", path, "-"],
                capture_output=True,
                check=True,
            )
        # A page ends with a form feed.
        return done.stdout.decode().split("\f")[:-1]


def scan(width=2480, height=20):
    """Return a PNG as wide as a scanned page, which Odoo would make smaller."""
    content = io.BytesIO()
    Image.new("L", (width, height), 255).save(content, "PNG")
    return content.getvalue()


def bomb(side=20_000):
    """Return a small PNG that says of itself that it has very many pixels."""

    def chunk(name, data):
        checked = name + data
        size, check = (
            struct.pack(">I", len(data)),
            struct.pack(">I", zlib.crc32(checked)),
        )
        return size + checked + check

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )
