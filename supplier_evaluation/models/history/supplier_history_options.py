from odoo import fields, models


class SupplierHistoryOptions(models.AbstractModel):
    """How a history file is to be read: shared by mapping and import wizard."""

    _name = "supplier.history.options"
    _description = "Reading Options of a History File"

    columns = fields.Json(
        string="Column of Each Value",
        help="For each value of a history line, the header of its column.",
    )
    encoding = fields.Selection(
        selection=[
            ("auto", "Automatic"),
            ("utf-8", "UTF-8"),
            ("utf-16", "UTF-16"),
            ("cp1252", "Windows Western European"),
            ("cp1250", "Windows Central European"),
            ("cp1251", "Windows Cyrillic"),
            ("gb18030", "Chinese (GB18030, GBK, GB2312)"),
            ("big5", "Chinese (Big5)"),
            ("shift_jis", "Japanese (Shift JIS)"),
        ],
        required=True,
        default="auto",
        help="How letters are stored in a CSV file.",
    )
    delimiter = fields.Selection(
        selection=[
            ("auto", "Automatic"),
            (",", "Comma"),
            (";", "Semicolon"),
            ("tab", "Tab"),
            ("|", "Vertical bar"),
        ],
        required=True,
        default="auto",
        help="What stands between the columns of a CSV file.",
    )
    sheet = fields.Char(
        string="Name of the Sheet",
        help="Of a workbook. Empty: the first one whose headers name what is needed.",
    )
    header_row = fields.Integer(
        help="The number of the row with the headers, as a spreadsheet program shows "
        "it; the last one, if there are several. 0: the first row that names what is "
        "needed."
    )
    hidden_rows = fields.Selection(
        selection=[("import", "Import"), ("leave_out", "Leave out")],
        required=True,
        default="import",
        help="Rows that a filter or a group hides in the spreadsheet.",
    )
    repeat_empty = fields.Boolean(
        string="Empty Cells Repeat the One Above",
        help="Supplier and order are written in the first of several rows only.",
    )
    decimal_separator = fields.Selection(
        selection=[
            ("auto", "Automatic"),
            (".", "Point: 1,234.56"),
            (",", "Comma: 1.234,56"),
        ],
        string="Numbers",
        required=True,
        default="auto",
        help="Automatic looks at a whole column. Rows whose number can still be read "
        "in two ways are rejected, not guessed.",
    )
    date_order = fields.Selection(
        selection=[
            ("auto", "Automatic"),
            ("dmy", "Day first: 31/12/26"),
            ("mdy", "Month first: 12/31/26"),
            ("ymd", "Year first: 26/12/31"),
        ],
        string="Dates",
        required=True,
        default="auto",
        help="Automatic looks at a whole column. Rows whose date can still be read in "
        "two ways are rejected, not guessed.",
    )
    unclear_date_order = fields.Selection(
        selection=[
            ("dmy", "Day first"),
            ("mdy", "Month first"),
            ("ymd", "Year first"),
        ],
        string="Unclear Dates",
        help="How to read dates if neither the file nor an earlier one shows it, as "
        "03/04/2026. It is proposed as your language writes dates. Empty: such rows "
        "are rejected.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Default Currency",
        help="For rows that name none. Empty: the company's currency.",
    )
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Default Unit",
        help="For rows that name none.",
    )
    filter_column = fields.Char(
        help="Header of a column. Only rows that have the filter value in it are "
        "imported; the others are left out, and not reported."
    )
    filter_value = fields.Char(help="What the filter column must say.")
    left_out_states = fields.Char(
        string="Leave Out Rows with the Status",
        help="Separated by semicolons. Empty: rows that are cancelled or not ordered "
        "yet, as far as nothing came of them.",
    )
    create_suppliers = fields.Boolean(
        string="Create Missing Suppliers",
        help="Once per name. Otherwise rows with an unknown supplier are rejected.",
    )
    received_equals_ordered = fields.Boolean(
        string="Received Quantity Is the Ordered One",
        help="For files with a receipt date and no received quantity.",
    )
    tolerate_order_date = fields.Boolean(
        string="Allow Unreadable Order Dates",
        help="Import such rows without an order date: they count for punctuality, and "
        "not for lead time. Otherwise they are rejected.",
    )
    trust_mixed_dates = fields.Boolean(
        string="Trust Mixed Date Columns",
        help="Spreadsheet programs turn some dates of a text column into other days. "
        "Columns that look like it are rejected where in doubt; this takes them as "
        "they are.",
    )
    learned = fields.Json(
        help="How dates and numbers of each column were written last time. It decides "
        "for a file that does not show it."
    )
