"""What a column of a history file can become. Plain Python, no Odoo.

Labels are in :mod:`supplier_history_import_line`, where they are translated.
"""

import re
from dataclasses import dataclass

from .cells import word_key

SUPPLIER_TARGETS = ("supplier", "supplier_ref", "supplier_vat", "supplier_name")
LINE_KEY = ("order_ref", "line_ref")
FIRST_CJK = 0x2E80
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
# For how many a price is, which is read elsewhere.
_PER_MANY = re.compile(
    r"\s*(?:/|\b(?:per|pro|je|pour|por)\b|每)\s*1\d*\s*$", re.IGNORECASE
)
_RUNNING_TOTAL = re.compile(
    r"累[计計]|\bcum(?:ulative|ulated|_|\b)|kumul|cumul[ée]|acumulad|\bto date\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*([^:：]{2,40})[:：]\s*(?=\S)")


@dataclass(frozen=True)
class Target:
    """How a column is read, and the headers that suggest it, best first.

    The headers are written as :func:`word_key` leaves them: Chinese, English, German,
    French, Spanish.
    """

    kind: str
    synonyms: str
    required: bool = False


TARGETS = {
    "supplier": Target(
        "text", "vendorsupplyingplant suppliersupplyingplant lieferantlieferwerk"
    ),
    "supplier_ref": Target(
        "text",
        "supplierref supplierreference suppliercode supplierno suppliernumber "
        "supplierid vendorref vendorreference vendorcode vendorno vendornumber "
        "vendorid vendoraccount supplieraccount creditorno "
        "buyfromvendorno "
        "供应商编码 供应商代码 供应商编号 供应商号 供方编码 厂商代码 厂商编号 "
        "供應商編號 供應商代碼 "
        "lieferantennummer lieferantennr lieferantencode kreditorennummer kreditornr "
        "kreditor "
        "codefournisseur referencefournisseur numerofournisseur nfournisseur "
        "codigoproveedor codigodeproveedor numerodeproveedor",
    ),
    "supplier_vat": Target(
        "text",
        "vat vatno vatnumber vatid taxid taxnumber suppliervat vendorvat "
        "suppliertaxid vendortaxid "
        "税号 纳税人识别号 统一社会信用代码 稅號 統一編號 "
        "ustid ustidnr umsatzsteuerid umsatzsteueridentnummer "
        "tva numerotva ntva nif cif",
    ),
    "supplier_name": Target(
        "text",
        "suppliername vendorname nameofvendor nameofsupplier supplier vendor creditor "
        "manufacturer "
        "buyfromvendorname "
        "供应商名称 供应商简称 供应商 供货商 供方 供方名称 厂商 厂商名称 厂家 供货单位 "
        "供應商名稱 供應商 廠商 "
        "lieferantenname liefname lieferant lieferanten lieferfirma "
        "nomfournisseur nomdufournisseur fournisseur "
        "nombreproveedor nombredelproveedor proveedor",
    ),
    "order_ref": Target(
        "text",
        "orderref orderreference purchaseorder purchaseordernumber "
        "purchaseorderno ponumber pono poref po poso posono ponr order ordernumber "
        "orderno ordernum purchasingdocument purchasingdoc purchdoc "
        "documentno documentnumber "
        "采购订单号 采购订单编号 采购单号 采购凭证 订单编号 订单号码 订单号 采购订单 "
        "订单 合同号 po号 单据编号 单据号 單據編號 "
        "採購單號 採購訂單 訂單編號 訂單號 "
        "bestellnummer bestellnr bestellung bestellungnr einkaufsbeleg "
        "einkaufsbestellung auftragsnummer auftragsnr belegnummer "
        "numerodecommande nodecommande ndecommande ncommande nocommande boncommande "
        "bondecommande commande "
        "numerodepedido nodepedido npedido nopedido pedido ordendecompra "
        "pedidodecompra",
        required=True,
    ),
    "line_ref": Target(
        "text",
        "lineref linereference orderline poline polineno polinenumber poitem "
        "linenumber lineno linenum line ln linenr polinenum itemno pos position "
        "lineid id lineitem item "
        "orderlinesid "
        "订单行号 订单行 行项目号 行项目 行号 项次 项目号 行 訂單行號 行號 項次 "
        "bestellposition positionsnummer positionsnr posnr zeile zeilennummer "
        "lignedecommande numerodeligne noligne ligne poste "
        "lineadepedido numerodelinea linea posicion partida",
        required=True,
    ),
    "receipt_ref": Target(
        "text",
        "receiptref receiptreference receiptno receiptnumber receipt grn grnno "
        "grnumber goodsreceipt deliverynote deliverynotenumber packingslip "
        "收货单号 入库单号 到货单号 送货单号 收货单 入库单 送货单 物料凭证 收貨單號 "
        "入庫單號 materialdocument "
        "wareneingangsnummer wareneingangsbeleg wareneingangsnr lieferscheinnummer "
        "lieferscheinnr lieferschein materialbeleg "
        "bondereception numerodereception bondelivraison "
        "albaran numerodealbaran numerodeentrada",
    ),
    "product": Target(
        "text",
        "productcode sku materialnumber material itemcode internalreference "
        "barcode ean gtin partnumber partno product productname itemdescription "
        "materialdescription description itemname item "
        "orderlinesproduct "
        "物料编码 物料编号 物料代码 物料号 料号 存货编码 产品编码 产品编号 商品编码 "
        "货号 物料名称 "
        "产品名称 存货名称 商品名称 品名 物料描述 物料 产品 商品 料號 品號 產品編號 "
        "artikelnummer artikelnr materialnummer artikel artikelbezeichnung bezeichnung "
        "materialkurztext kurztext produkt "
        "codearticle referencearticle article designation produit "
        "codigodearticulo articulo producto descripcion",
    ),
    "category": Target(
        "text",
        "productcategory productgroup category materialgroup commodity itemgroup "
        "物料组 物料类别 产品类别 商品类别 品类 类别 "
        "warengruppe materialgruppe produktkategorie kategorie "
        "categorie familledarticles famille categoria familia",
    ),
    "uom": Target(
        "text",
        "uom unitofmeasure unit units orderunit purchaseunit unitmeaslookupcode "
        "baseunitofmeasure "
        "unitofmeasurecode unitofentry orderlinesunit erfassungsmengeneinheit "
        "计量单位 采购单位 订单单位 主计量单位 主计量 基本单位 单位 單位 "
        "mengeneinheit bestellmengeneinheit einheit me unite unitedemesure "
        "unidaddemedida unidad udm",
    ),
    "quantity_ordered": Target(
        "number",
        "quantityordered orderedquantity orderquantity qtyordered orderedqty "
        "orderqty poquantity poqty lineitemquantity quantity qty "
        "scheduledquantity orderlinesquantity "
        "订购数量 订单数量 采购数量 订货数量 订货量 采购量 应收数量 数量 訂購數量 "
        "採購數量 數量 "
        "订购数 采购数 订单数 bestellmenge bestelltemenge bestmenge menge "
        "quantitecommandee qtecommandee qtecdee quantite qte "
        "cantidadpedida cantidadordenada cantidadsolicitada cantidad cantpedida cant",
        required=True,
    ),
    "price_unit": Target(
        "number",
        "unitprice netprice price purchaseprice priceperunit packprice unitcost "
        "directunitcost directunitcostexclvat itemrate orderlinesunitprice "
        "原币单价 原币无税单价 "
        "未税单价 不含税单价 采购单价 净价 单价 含税单价 价格 單價 "
        "nettopreis einzelpreis stuckpreis einkaufspreis preis "
        "prixunitaire prixunitaireht prixnet prix "
        "preciounitario precioneto precio "
        # Beside a price it says for how many that is.
        "priceunit",
    ),
    "price_per": Target(
        "number",
        "priceper pricequantity priceperquantity pricebasis priceunit "
        "定价单位 计价数量 單價數量 "
        "preiseinheit preismenge preispro "
        "prixpour unidaddeprecio preciopor",
    ),
    "currency": Target(
        "text",
        "currency currencycode curr 币种 币别 货币 幣別 幣種 wahrung waehrung "
        "devise monnaie moneda divisa",
    ),
    "date_order": Target(
        "date",
        "orderdate dateorder podate purchasedate dateordered ordereddate "
        "posenttovendordate posentdate confirmationdate documentdate creationdate "
        "createdon docdate "
        "采购订单日期 订单日期 下单日期 采购日期 订购日期 订货日期 凭证日期 制单日期 "
        "下单时间 "
        "訂單日期 下單日期 採購日期 "
        "bestelldatum auftragsdatum belegdatum "
        "datedecommande datecommande "
        "fechadepedido fechadelpedido fechapedido fechadeorden",
    ),
    "date_promised": Target(
        "date",
        "promiseddate datepromised promisedate promised promiseddeliverydate "
        "scheduleddeliverydate scheduleddate confirmeddeliverydate "
        "expecteddeliverydate expectedarrival expecteddate expected duedate "
        "due deliveryduedate plannedate planneddeliverydate plannedreceiptdate "
        "confirmeddate "
        "requesteddeliverydate reqdeliverydate requesteddate requireddate needbydate "
        "promisedreceiptdate confirmedreceiptdate expectedreceiptdate "
        "requestedreceiptdate duedatereceiveby orderlinesexpectedarrival "
        "承诺交货日期 承诺交期 承诺到货日期 承诺到货日 供应商承诺日期 承诺日期 "
        "确认交货日期 确认到货日期 约定交期 约定交货日期 确认交期 计划交货日期 "
        "计划交期 "
        "计划到货日期 预计到货日期 预计交货日期 预计交期 要求交货日期 要求到货日期 "
        "要求到货日 "
        "要求交期 交期 "
        "承諾交期 預計到貨日 預計交期 要求交期 "
        "zugesagtesdatum zugesagterliefertermin bestatigterliefertermin "
        "bestaetigterliefertermin liefertermin solltermin wunschtermin "
        "wunschlieferdatum geplanteslieferdatum "
        "datepromise datedelivraisonprevue datelivraisonprevue dateprevue "
        "datedelivraisonconfirmee datepromesse datedelivraisondemandee "
        "fechaprometida fechacomprometida fechadeentregaprevista "
        "fechadeentregaprometida fechaprevista fechadeentregasolicitada",
        required=True,
    ),
    "date_received": Target(
        "date",
        "receiveddate datereceived receiptdate goodsreceiptdate grdate "
        "actualdeliverydate actualreceiptdate actualreceipt actualdelivery actualdate "
        "actualarrivaldate actualarrival postingdate grpostingdate "
        "goodsreceiptpostingdate transactiondate entrydate recddate "
        "delivereddate datedelivered deliveredtoclientdate arrivaldate received "
        "实际到货日期 实际交货日期 实际收货日期 实际入库日期 实际到货时间 实际收货时间 "
        "实际入库时间 收货日期 入库日期 到货日期 收货时间 "
        "入库时间 到货时间 实际交期 过账日期 入账日期 收料日期 实收日期 "
        "收貨日期 入庫日期 到貨日期 實際到貨日 到货日 收货日 入库日 "
        "wareneingangsdatum wareneingang eingangsdatum wedatum istlieferdatum "
        "istliefertermin tatsachlicheslieferdatum buchungsdatum "
        "datedereception datereception daterecue datedelivraisonreelle "
        "datedelivraisoneffective "
        "fechaderecepcion fecharecepcion fechadeentregareal fecharecibida "
        "fechadeentrada",
    ),
    "quantity_received": Target(
        "number",
        "quantityreceived receivedquantity qtyreceived receivedqty "
        "receiptquantity receiptqty deliveredquantity quantitydelivered "
        "deliveredqty qtydelivered qtyrecd grquantity grqty recdqty "
        "到货数 收货数 入库数 实收数 "
        "qtyinunitofentry quantityinunitofentry qtyinunofentry qtyinune "
        "quantityfulfilledreceived orderlinesreceivedqty erfassungsmenge "
        "本次入库数量 本次到货数量 本次收货数量 收料数量 入庫數量 "
        "实收数量 收货数量 入库数量 到货数量 已收数量 实际到货数量 已交数量 收貨數量 "
        "wareneingangsmenge liefermenge eingangsmenge "
        "erhaltenemenge geliefertemenge wemenge "
        "quantiterecue qterecue quantitelivree qtelivree "
        "cantidadrecibida cantidadentregada cantrecibida "
        # All that came so far, whatever the row is about.
        "累计入库数量 累计到货数量 累计收料数量 累计收货数量",
    ),
    "quantity_returned": Target(
        "number",
        "quantityreturned returnedquantity qtyreturned returnedqty "
        "returnquantity returnqty rtvqty rejectedquantity quantityrejected "
        "rejectedqty qtyrejected "
        "returned returns retouren 退货数 退料数量 "
        "退货数量 退回数量 拒收数量 不合格数量 退貨數量 "
        "retourmenge rucksendemenge reklamationsmenge retourniertemenge "
        "quantiteretournee qteretournee quantiterefusee "
        "cantidaddevuelta cantidadrechazada devoluciones "
        "累计退货数量",
    ),
    "date_returned": Target(
        "date",
        "returndate datereturned returneddate 退货日期 退回日期 退貨日期 "
        "retourdatum rucksendedatum datederetour dateretour "
        "fechadedevolucion fechadevolucion",
    ),
    "status": Target(
        "text",
        "status state orderstatus linestatus deliverystatus postatus orderstate "
        "purchaseorderstatus purchasestatus documentstatus approvalstatus "
        "订单状态 行状态 单据状态 执行状态 状态 审核状态 审批状态 訂單狀態 狀態 "
        "bestellstatus positionsstatus lieferstatus statut statutcommande etat "
        "estado estadodelpedido",
    ),
}
# Planned or actual: only what other dates the file has can tell.
PLANNED_OR_ACTUAL = (
    *("deliverydate", "交货日期", "交货日", "交貨日期", "送货日期", "lieferdatum"),
    *("datedelivraison", "datelivraison", "fechadeentrega", "fechaentrega"),
)


def propose_columns(header, labels=None):
    """Guess the columns by their headers; the user sees and changes them.

    :param header: the file's headers
    :param dict labels: target -> its label in the user's language
    :return: target -> header
    """
    by_key = {}
    for name in header:
        for key in _keys(name):
            by_key.setdefault(key, name)
    proposed, taken = {}, set()

    def take(target, keys):
        for key in keys:
            name = by_key.get(key)
            if name and name not in taken:
                proposed[target] = name
                taken.add(name)
                break

    for target, definition in TARGETS.items():
        label = word_key((labels or {}).get(target, ""))
        take(target, (label, *definition.synonyms.split()))
    # Beside a day of receipt such a date is a promise; beside a promise, a receipt.
    for target, other in (
        ("date_promised", "date_received"),
        ("date_received", "date_promised"),
    ):
        if target not in proposed and other in proposed:
            take(target, PLANNED_OR_ACTUAL)
    _propose_only_date(proposed, take)
    return proposed


def _propose_only_date(proposed, take):
    """What the only date of a delivery is: planned, or actual.

    Beside an ordered and a received quantity it may be both, and is not guessed.
    """
    if proposed.keys() & {"date_promised", "date_received"}:
        return
    if "quantity_received" not in proposed:
        take("date_promised", PLANNED_OR_ACTUAL)
    elif "quantity_ordered" not in proposed:
        take("date_received", PLANNED_OR_ACTUAL)


def _keys(name):
    """What a header may be looked up by: as a whole, or one of its languages."""
    plain = _PER_MANY.sub("", _BRACKETS.sub(" ", name))
    foreign = "".join(char for char in plain if ord(char) >= FIRST_CJK)
    latin = "".join(char for char in plain if ord(char) < FIRST_CJK)
    keys = (word_key(text) for text in (name, plain, foreign, latin))
    return dict.fromkeys(key for key in keys if key)


def without_label(cell, target):
    """The supplier or order of a cell that repeats the header, as headings do.

    >>> without_label("Vendor: Harbour Metals", "supplier_name")
    'Harbour Metals'
    >>> without_label("供应商：华东机械", "supplier"), without_label("A: B", "supplier")
    ('华东机械', 'A: B')
    """
    found = _LABEL.match(cell) if isinstance(cell, str) else None
    if not found:
        return cell
    targets = SUPPLIER_TARGETS if target in SUPPLIER_TARGETS else (target,)
    known = [word for name in targets for word in TARGETS[name].synonyms.split()]
    return cell[found.end() :] if word_key(found[1]) in known else cell


def is_running_total(header):
    """Whether a column has all that came so far, in each row of a line.

    >>> is_running_total("累计入库数量"), is_running_total("Received Qty to date")
    (True, True)
    >>> is_running_total("Received Qty"), is_running_total("Document")
    (False, False)
    """
    return bool(_RUNNING_TOTAL.search(header))


def is_optional(target):
    """Whether a file can do without; obligatory targets are shown first."""
    return not (TARGETS[target].required or target in SUPPLIER_TARGETS)


def is_receipt_list(columns):
    """Whether the columns say what came, and not what was promised.

    Such a list is joined to the order lines that are known already.
    """
    has_receipts = columns.get("date_received") and columns.get("quantity_received")
    has_returns = columns.get("quantity_returned")
    return not columns.get("date_promised") and bool(has_receipts or has_returns)


def missing_targets(columns):
    """The obligatory targets that have no column."""
    if is_receipt_list(columns):
        return [target for target in LINE_KEY if not columns.get(target)]
    missing = [
        target
        for target, definition in TARGETS.items()
        if definition.required and not columns.get(target)
    ]
    if not any(columns.get(target) for target in SUPPLIER_TARGETS):
        missing.insert(0, "supplier")
    return missing
