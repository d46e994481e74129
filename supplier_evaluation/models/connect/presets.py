"""How each preset begins: address, where its records are, and which field is which.

By the public documentation of each; not tried against the live service. All of it can
be changed on the form.
"""

#: Fields of the connector.
VALUES = {
    "json": {"records_path": "data", "page_size": 100},
    "csv": {"page_size": 500},
    "hub": {"page_size": 500},
    "zoho": {
        "url": "https://www.zohoapis.com",
        "login_url": "https://accounts.zoho.com",
        "object_name": "Vendors",
        "page_size": 200,
    },
    "fxiaoke": {
        "url": "https://open.fxiaoke.com",
        "object_name": "AccountObj",
        "page_size": 100,
    },
    "jiandaoyun": {"url": "https://api.jiandaoyun.com", "page_size": 100},
    "tianyancha": {
        "url": "https://open.api.tianyancha.com",
        "object_name": "/services/open/jr/lawSuit/2.0",
        "kind": "risk_signal",
        "page_size": 20,
    },
}
#: Where the moments of a system are those of its country, and not the company's.
TIME_ZONES = {
    "fxiaoke": "Asia/Shanghai",
    "jiandaoyun": "Asia/Shanghai",
    "tianyancha": "Asia/Shanghai",
}
#: Target, path and form of each line of the mapping.
FIELDS = {
    "json": [("id", "id", "value"), ("name", "name", "value")],
    "csv": [("id", "id", "value"), ("name", "name", "value")],
    # The records of a hub are those of the contract.
    "hub": [],
    "zoho": [
        ("id", "id", "value"),
        ("name", "Vendor_Name", "value"),
        ("email", "Email", "value"),
        ("phone", "Phone", "value"),
        ("website", "Website", "value"),
        ("street", "Street", "value"),
        ("city", "City", "value"),
        ("zip", "Zip_Code", "value"),
    ],
    "fxiaoke": [
        ("id", "_id", "value"),
        ("name", "name", "value"),
        ("registry_number", "uniform_social_credit_code", "value"),
        ("phone", "tel", "value"),
        ("email", "email", "value"),
        ("website", "url", "value"),
    ],
    "jiandaoyun": [
        ("id", "_id", "value"),
        ("name", "corp_name", "value"),
        ("registry_number", "credit_code", "value"),
        ("city", "corp_addr.city", "value"),
        ("street", "corp_addr.detail", "value"),
    ],
    "tianyancha": [
        ("id", "", "hash"),
        ("supplier_registry_number", "_subject", "value"),
        ("type", "litigation", "text"),
        ("title", "title", "value"),
        ("date", "submittime", "milliseconds"),
        ("link", "lawsuitUrl", "value"),
    ],
}
