"""How other systems give their records, a page at a time. Plain Python, no Odoo.

Each was written by its public documentation, and not tried against the live service.
"""

from . import csv_file, data_hub, fxiaoke, generic_json, jiandaoyun, tianyancha, zoho

FEEDS = {
    "json": generic_json.JsonFeed,
    "csv": csv_file.CsvFeed,
    "hub": data_hub.HubFeed,
    "zoho": zoho.ZohoFeed,
    "fxiaoke": fxiaoke.FxiaokeFeed,
    "jiandaoyun": jiandaoyun.JiandaoyunFeed,
    "tianyancha": tianyancha.TianyanchaFeed,
}
