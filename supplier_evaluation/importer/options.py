"""How a user wants a file to be read, for the modules that know no Odoo."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from odoo.tools.misc import babel_locale_parse, format_date

from .files.words import split_states
from .row import ReadOptions
from .spelling.together import order_of_format


def read_options(env, mapping):
    """What a mapping says about the rows of a file.

    :param Environment env: its language and its company are those of the file
    :param mapping: a ``supplier.history.mapping``, or what has the same fields
    :return: :class:`ReadOptions`
    """
    locale = babel_locale_parse(env.lang or "en_US")
    months = {
        name.rstrip(".").casefold(): number
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
    tz = ZoneInfo(env.company._supplier_tz())
    return ReadOptions(
        decimal=mapping.decimal_separator,
        date_order=mapping.date_order,
        unclear_date_order=mapping.unclear_date_order or "",
        filter_column=mapping.filter_column or "",
        filter_value=mapping.filter_value or "",
        left_out_states=split_states(mapping.left_out_states),
        leave_out_hidden=mapping.hidden_rows == "leave_out",
        repeat_empty=mapping.repeat_empty,
        received_equals_ordered=mapping.received_equals_ordered,
        tolerate_order_date=mapping.tolerate_order_date,
        trust_mixed_dates=mapping.trust_mixed_dates,
        learned=mapping.learned or {},
        months=months,
        tz=tz,
        today=datetime.now(tz).date(),
    )


def date_order_of_user(env):
    """The order in which the language of the user writes dates, or None."""
    code = env.lang or "en_US"
    return order_of_format(env["res.lang"]._get_data(code=code).date_format or "")


def presumed_texts(env, presumed):
    """What dates that could be read in two ways were read as, with the month's name.

    :param dict presumed: target -> a date as the file has it, and the day
    """
    labels = env["supplier.history.import.line"]._target_labels()
    return [
        f"{labels[target]}: {text} = {format_date(env, day, date_format='long')}"
        for target, (text, day) in presumed.items()
    ]
