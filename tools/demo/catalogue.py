"""What the demo's world is made of: two companies, their products and currencies."""

from __future__ import annotations

from dataclasses import dataclass

HERE = "Meridian Instruments"
THERE = "Meridian Instruments Shanghai"


@dataclass(frozen=True)
class Company:
    """A company that buys. Its days are those of its time zone."""

    name: str
    currency: str
    country: str
    tz: str
    city: str


@dataclass(frozen=True)
class Product:
    """What is bought.

    :param uom: the unit it is counted in, as in ``uom.product_uom_<uom>``
    :param price: per that unit, in US dollars
    :param quantity: a usual order, in `buy_uom`
    :param buy_uom: the unit that some orders use
    """

    name: str
    category: str
    uom: str
    price: float
    quantity: int
    buy_uom: str = ""
    is_service: bool = False


@dataclass(frozen=True)
class Person:
    """A user of both companies.

    :param groups: external identifiers
    """

    name: str
    groups: tuple[str, ...]


PEOPLE = {
    "buyer": Person("Bea Buyer", ("purchase.group_purchase_user",)),
    "quality": Person(
        "Quentin Quality",
        (
            # To override a policy for an order, one has to see the order.
            "purchase.group_purchase_user",
            "supplier_evaluation.group_supplier_evaluation_approver",
        ),
    ),
    # The administrator buys, and nobody waives how the own suppliers did.
    "manager": Person("Mara Manager", ("purchase.group_purchase_manager",)),
    "warehouse": Person(
        "Wanda Warehouse",
        (
            "stock.group_stock_user",
            "supplier_evaluation.group_supplier_evaluation_reviewer",
        ),
    ),
    "sales": Person("Sally Sales", ("sales_team.group_sale_salesman_all_leads",)),
}
COMPANIES = (
    Company(HERE, "USD", "us", "America/New_York", "Boston"),
    Company(THERE, "CNY", "cn", "Asia/Shanghai", "Shanghai"),
)
# Units for one US dollar: in the first month, and what each month adds.
RATES = {"EUR": (0.93, -0.004), "CNY": (7.25, -0.01)}

PRODUCTS = {
    "BB-6204": Product("Ball bearing 6204", "Bearings", "unit", 4.2, 200),
    "BB-51105": Product("Thrust bearing 51105", "Bearings", "unit", 6.8, 120),
    "HS-20": Product("Linear shaft 20 mm", "Bearings", "meter", 11.5, 60),
    "SV-CAL": Product("Calibration", "Services", "unit", 180, 1, is_service=True),
    "FA-M8": Product("Hex bolt M8 × 40", "Fasteners", "unit", 0.14, 150, "dozen"),
    "FA-M10": Product("Hex bolt M10 × 50", "Fasteners", "unit", 0.22, 120, "dozen"),
    "FA-RIV": Product("Blind rivet 4.8 mm", "Fasteners", "unit", 0.05, 6000),
    "PL-HSG": Product("Housing, ABS", "Plastics", "unit", 3.1, 400),
    "PL-CAP": Product("Protective cap", "Plastics", "unit", 0.35, 2000),
    "PL-GRN": Product("Granulate PA6", "Plastics", "kgm", 2.9, 750),
    "PK-BOX": Product("Carton 400 × 300", "Packaging", "unit", 0.8, 1500),
    "PK-FLM": Product("Stretch film", "Packaging", "unit", 5.4, 25, "dozen"),
    "PK-PAL": Product("Pallet 1200 × 800", "Packaging", "unit", 9.5, 80),
    "CA-BRK": Product("Bracket, cast iron", "Castings", "unit", 12.4, 150),
    "CA-FLG": Product("Flange DN50", "Castings", "unit", 18.9, 90),
    "CA-VLV": Product("Valve body", "Castings", "unit", 31, 60),
    "MA-SHF": Product("Drive shaft", "Machined parts", "unit", 42, 40),
    "MA-GEA": Product("Gear wheel z = 32", "Machined parts", "unit", 27.5, 70),
    "MA-BSH": Product("Bushing, bronze", "Machined parts", "unit", 7.7, 220),
    "MO-24V": Product("Motor 24 V, 60 W", "Drives", "unit", 58, 30),
    "MO-STP": Product("Stepper motor NEMA 23", "Drives", "unit", 44, 40),
    "MO-CBL": Product("Motor cable", "Drives", "meter", 2.2, 500),
    "CE-INS": Product("Insulator", "Ceramics", "unit", 5.6, 180),
    "CE-NOZ": Product("Nozzle 0.8 mm", "Ceramics", "unit", 8.4, 120),
    "CE-RNG": Product("Seal ring", "Ceramics", "unit", 3.9, 260),
    "SP-CMP": Product("Compression spring", "Springs", "unit", 0.6, 900),
    "SP-TNS": Product("Tension spring", "Springs", "unit", 0.75, 700),
    "OP-LNS": Product("Lens f = 50 mm", "Optics", "unit", 36, 45),
    "OP-FLT": Product("Colour filter", "Optics", "unit", 14.5, 90),
    "OP-CLN": Product("Lens cleaner", "Optics", "litre", 9.8, 30),
    "LB-TYP": Product("Type label", "Labels", "unit", 0.09, 400, "dozen"),
    "LB-WRN": Product("Warning label", "Labels", "unit", 0.12, 3000),
}
