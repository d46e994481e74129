"""Words that files use, in the languages people write them in. Plain Python, no Odoo.

A word is without case, accents, spaces and punctuation (:func:`word_key`).
"""

import re
from functools import lru_cache

from ..cells import cell_text, word_key

WORDS_KEPT = 10_000
# A row that sums up others.
TOTALS = frozenset(
    [
        "total",
        "totals",
        "totaal",
        "totale",
        "totales",
        "grandtotal",
        "grandtotals",
        "subtotal",
        "subtotals",
        "overalltotal",
        "reporttotal",
        "pagetotal",
        "sum",
        "sumtotal",
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "gesamtergebnis",
        "zwischensumme",
        "teilergebnis",
        "endsumme",
        "ergebnis",
        "somme",
        "totalgeneral",
        "totalgenerale",
        "soustotal",
        "totaux",
        "suma",
        "sumatotal",
        "totalparcial",
        "sumas",
        "totalgeral",
        "合计",
        "总计",
        "小计",
        "共计",
        "总数",
        "总和",
        "累计",
        "本页合计",
        "本页小计",
        "合計",
        "總計",
        "小計",
        "共計",
        "汇总",
        "匯總",
        "彙總",
        "итого",
        "всего",
        # Averages of a column, and what one page carries over to the next.
        "average",
        "averages",
        "avg",
        "mean",
        "mittelwert",
        "durchschnitt",
        "moyenne",
        "promedio",
        "平均",
        "平均值",
        "平均数",
        "carriedforward",
        "broughtforward",
        "ubertrag",
        "areporter",
        "承前页",
        "过次页",
        "承前頁",
        "過次頁",
        "转下页",
        "接上页",
    ]
)
# What else a summing row says, beside the name of what it sums up.
_TOTAL_EDGES = re.compile(
    r"^(?:(?:grand |sub-?)?totals?|sum|summe|zwischensumme|somme|sous-total|suma)\b"
    r"|\b(?:(?:grand |sub-?)?totals?|summe|ergebnis|somme|suma)$"
    r"|^(?:合计|总计|小计|合計|總計|小計)|(?:合计|总计|小计|合計|總計|小計)$"
    # As Excel's command Subtotal writes it below each group.
    r"|\s(?:汇总|匯總|彙總|求和|计数|計數|平均值)$",
    re.IGNORECASE,
)
# What nobody is called.
_SURE_TOTAL = re.compile(
    r"^(?:grand[ -]total|sub-?total|zwischensumme|gesamtsumme|gesamtergebnis|sous-total"
    r"|total g[eé]n[eé]ral|suma total|合计|总计|小计|合計|總計|小計)",
    re.IGNORECASE,
)
# An order line that is none: taken back, or not sent yet.
_CANCELLED = frozenset(
    [
        "cancelled",
        "canceled",
        "cancel",
        "cancellation",
        "void",
        "voided",
        "deleted",
        "withdrawn",
        "storniert",
        "storno",
        "geloscht",
        "abgesagt",
        "widerrufen",
        "annule",
        "annulee",
        "annules",
        "annulees",
        "supprime",
        "supprimee",
        "cancelado",
        "cancelada",
        "cancelados",
        "canceladas",
        "anulado",
        "anulada",
        "draft",
        "rfq",
        "rfqsent",
        "quotation",
        "quotationsent",
        "toapprove",
        "entwurf",
        "brouillon",
        "borrador",
    ]
)
# An order that nobody has approved yet was not sent either.
_UNAPPROVED = re.compile(
    r"(?:not|un|notyet|non|no|nicht)(?:approv|aprobad|genehmigt|freigegeben)\w*"
    r"|(?:pending|awaiting|waiting|waitingfor|in)approval|approvalpending"
    r"|(?:zur|in)genehmigung|aapprouver|enattentedapprobation|pendientedeaprobacion"
)
_UNAPPROVED_CJK = re.compile(
    "[未待](?:审|審|批|提交)|(?:审核|審核|审批)中|[暂暫]存|驳回|駁回"
)
_CANCELLED_CJK = ("取消", "作废", "作廢", "撤销", "撤銷", "草稿")
_PARTLY = frozenset(
    ["not", "partially", "partly", "partial", "teilweise", "nicht", "partiel"]
)
_PARTLY_CJK = ("部分", "未", "不")


def is_total(cell):
    """Whether a cell says that its row sums up others, and nothing else.

    >>> is_total("Grand Total:"), is_total("合  计"), is_total("Total Energies")
    (True, True, False)
    """
    text = cell_text(cell)
    # Most cells are numbers and dates, and every row is asked.
    return bool(text) and not text[0].isdigit() and _is_total(text)


@lru_cache(WORDS_KEPT)
def _is_total(text):
    return word_key(text) in TOTALS


def may_be_total(cell):
    """Whether a cell with the name of a supplier says that its row sums up others.

    >>> may_be_total("Grand Total (12 orders)"), may_be_total("Total Energies")
    (True, False)
    """
    return is_total(cell) or bool(_SURE_TOTAL.search(cell_text(cell)))


def sums_up(cell):
    """Whether a cell names what its row sums up.

    >>> sums_up("Harbour Metals Ltd Total"), sums_up("Harbour Metals Ltd")
    (True, False)
    >>> sums_up("华东机械 汇总"), sums_up("P00012 计数"), sums_up("计数仪器厂")
    (True, True, False)
    """
    return bool(_TOTAL_EDGES.search(cell_text(cell)))


def is_cancelled(cell):
    """Whether a status says that the row is no order, or no longer one.

    >>> is_cancelled("Cancelled by buyer"), is_cancelled("已取消")
    (True, True)
    >>> is_cancelled("Partially cancelled"), is_cancelled("Delivered")
    (False, False)
    >>> is_cancelled("未审核"), is_cancelled("Not approved"), is_cancelled("已审核")
    (True, True, False)
    """
    if is_unapproved(cell):
        return True
    text = cell_text(cell)
    words = [word_key(word) for word in re.findall(r"[^\W_]+", text)]
    if not words or _PARTLY.intersection(words):
        return False
    if any(part in text for part in _CANCELLED_CJK):
        return not any(part in text for part in _PARTLY_CJK)
    return not _CANCELLED.isdisjoint({words[0], words[-1], "".join(words)})


def is_unapproved(cell):
    """Whether a status says that somebody has still to approve the order.

    >>> is_unapproved("Pending Approval"), is_unapproved("待审批")
    (True, True)
    >>> is_unapproved("Approved"), is_unapproved("Cancelled")
    (False, False)
    """
    text = cell_text(cell)
    return bool(_UNAPPROVED_CJK.search(text) or _UNAPPROVED.fullmatch(word_key(text)))


def split_states(text):
    """The states that a user wants to leave out, to compare a cell with.

    >>> split_states("Cancelled; On Hold")
    ('cancelled', 'on hold')
    """
    parts = re.split(r"[;；\n]", text or "")
    return tuple(part.strip().casefold() for part in parts if part.strip())


# What other systems call the units that Odoo ships.
UNITS = {
    "uom.product_uom_unit": "unit units ea each pc pcs pce piece pieces c62 no nos "
    "stuck stk st pza pzas pieza piezas ud uds unidad unidades unite "
    "unites 个 件 台 只 支 枚 块 个数 個 臺 隻 個数 unitaria",
    "uom.product_uom_dozen": "dozen dozens dz doz dzn dzp dutzend douzaine docena 打",
    "uom.product_uom_kgm": "kg kgs kgm kilo kilos kilogram kilograms kilogramm "
    "kilogramme kilogrammes kilogramo kilogramos 公斤 千克",
    "uom.product_uom_gram": "g gr gram grams grm gramm gramme grammes gramo gramos 克",
    "uom.product_uom_ton": "t to ton tons tne tonne tonnes tonelada toneladas "
    "metricton metrictons 吨 公吨 噸 公噸",
    "uom.product_uom_litre": "l ltr lt liter liters litre litres litro litros 升 公升",
    "uom.product_uom_meter": "m mtr meter meters metre metres metro metros 米 公尺",
    "uom.product_uom_millimeter": "mm millimeter millimetre 毫米",
    "uom.product_uom_cm": "cm centimeter centimetre zentimeter centimetro 厘米",
    "uom.product_uom_km": "km kilometer kilometre kilometro 千米 公里",
    "uom.product_uom_square_meter": "m2 sqm qm squaremeter squaremetre quadratmeter "
    "metrecarre metrocuadrado 平方米 平米",
    "uom.product_uom_cubic_meter": "m3 cbm cubicmeter cubicmetre kubikmeter metrecube "
    "metrocubico 立方米 立方",
    "uom.product_uom_milliliter": "ml milliliter millilitre mililitro 毫升",
    "uom.product_uom_hour": "h hr hrs hour hours std stunde stunden heure heures hora "
    "horas 小时 小時",
    "uom.product_uom_day": "d day days tag tage jour jours dia dias 天 日",
    "uom.product_uom_lb": "lb lbs pound pounds 磅",
    "uom.product_uom_oz": "oz ounce ounces 盎司",
    "uom.product_uom_foot": "ft foot feet 英尺",
    "uom.product_uom_inch": "in inch inches 英寸",
    "uom.product_uom_yard": "yd yds yard yards 码",
}
# Metric tons for some, metres for others.
UNCLEAR_UNITS = frozenset(["mt"])
# Units that hold as much as the supplier puts in: no two are the same.
PACKAGES = frozenset(
    [
        "box",
        "boxes",
        "bx",
        "carton",
        "cartons",
        "ctn",
        "ctns",
        "case",
        "cases",
        "cs",
        "pallet",
        "pallets",
        "plt",
        "pal",
        "pack",
        "packs",
        "pk",
        "package",
        "packages",
        "bag",
        "bags",
        "roll",
        "rolls",
        "set",
        "sets",
        "pair",
        "pairs",
        "bundle",
        "bundles",
        "karton",
        "kartons",
        "kiste",
        "kisten",
        "packung",
        "palette",
        "paletten",
        "sack",
        "rolle",
        "rollen",
        "satz",
        "paar",
        "boite",
        "boites",
        "caisse",
        "caisses",
        "palettes",
        "sac",
        "rouleau",
        "jeu",
        "paire",
        "lot",
        "caja",
        "cajas",
        "palet",
        "palets",
        "bolsa",
        "rollo",
        "juego",
        "par",
        "箱",
        "盒",
        "包",
        "袋",
        "卷",
        "套",
        "对",
        "双",
        "托",
        "板",
        "捆",
        "桶",
        "瓶",
        "罐",
        "組",
        "组",
        "条",
        "张",
        "片",
        "根",
        "批",
    ]
)
# What other systems call a currency: its code, and how many make one unit of theirs.
CURRENCIES = {
    "CNY": "rmb 人民币 人民幣 元 圆 yuan renminbi cnh",
    "USD": "us$ 美元 美金 usdollar usdollars dollarus dolar",
    "EUR": "euro euros 欧元 歐元",
    "GBP": "英镑 英鎊 poundsterling",
    "JPY": "日元 日圆 日圓 円 yen",
    "HKD": "hk$ 港币 港元 港幣",
    "TWD": "nt$ ntd 台币 新台币 台幣 新台幣",
    "CHF": "sfr 瑞士法郎",
    "KRW": "韩元 韓元 韩币",
    "SGD": "s$ 新加坡元 新币",
    "RUB": "卢布 rur",
}
_THOUSANDS = ["k", "t", "千", "thousand", "thousands", "tausend"]
_TEN_THOUSANDS = ["万", "萬"]
MULTIPLES = {
    **dict.fromkeys(_THOUSANDS, 1_000),
    **dict.fromkeys(_TEN_THOUSANDS, 10_000),
}
# Where “元” and “¥” are the money of the country itself.
YUAN_TOO = {"TWD", "HKD", "MOP"}
YEN_TOO = {"CNY", "JPY"}
