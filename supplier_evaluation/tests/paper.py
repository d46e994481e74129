"""Reports as they come out of the printer, read again as text."""

import subprocess
import tempfile
from pathlib import Path

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
