"""What the story says in Chinese, by what it says in English."""

from __future__ import annotations

CHINESE = {
    # ---- who buys --------------------------------------------------------------------
    "Meridian Instruments": "子午仪器",
    "Meridian Instruments Shanghai": "子午仪器（上海）",
    "Boston": "波士顿",
    "Shanghai": "上海",
    # Their jobs are in their names, by sound.
    "Bea Buyer": "蔡购",
    "Quentin Quality": "齐智亮",
    "Mara Manager": "关丽",
    "Wanda Warehouse": "万仓",
    "Sally Sales": "肖寿",
    # ---- who sells -------------------------------------------------------------------
    "Clockwork Bearings": "准点轴承",
    "Clockwork Bearings Inc.": "准点轴承有限公司",
    "Hasty Hydraulics": "匆忙液压",
    "Twoday Fasteners": "两日达紧固件",
    "Piecemeal Plastics": "零批塑料",
    "Plenty Packaging": "多多包装",
    "Downhill Castings": "下坡铸造",
    "Phoenix Machining": "凤凰机加工",
    "Perhaps Motors": "也许电机",
    "Boomerang Ceramics": "回旋镖陶瓷",
    "Neverland Foundry": "乌有乡铸造",
    "Pocket Springs": "袖珍弹簧",
    "Branch Office Optics": "分公司光学",
    "Douzaine Étiquettes": "一打标签",
    "Hopeful Hinges": "有望铰链",
    "Ready Rollers": "就绪滚轮",
    "Quiet Coatings": "静默涂料",
    "Somewhere Switches": "某处开关",
    "Almost Adhesives": "差点胶粘剂",
    "Maiden Mouldings": "初航注塑",
    "Tomorrow Tubes": "明日管材",
    "Sales Desk": "销售部",
    # ---- what an older system sends --------------------------------------------------
    "Old system": "旧系统",
    "Cracked edges on one pallet.": "一个托盘的产品边缘开裂。",
    "Instrument makers": "仪器制造商",
    # ---- what is agreed --------------------------------------------------------------
    "Yearly contract with prices and penalties": "含价格与违约金的年度合同",
    "Prices for one year": "一年期价格",
    "Above 5 %, each side bears half of a change of the price of the material.": (
        "材料价格变动超过 5 % 时，双方各承担一半。"
    ),
    # ---- what will be needed ---------------------------------------------------------
    "To be talked over before it is shared.": "共享前需先商议。",
    # ---- who is met and called -------------------------------------------------------
    "Quarterly review": "季度评审",
    "The foundry lost two moulders. New ones begin next month.": (
        "铸造厂走了两名造型工，新人下月到岗。"
    ),
    "Check every lot before it is sent": "每批发货前全检",
    "Send us the plan of the shifts": "提交排班计划",
    "Bearings and screws in one kit": "轴承与螺钉成套供货",
    "Who packs the kit": "由谁负责成套包装",
    "Size of a lot of bearings": "轴承的批量",
    "Price of the screws": "螺钉的价格",
    "What we may pay for it": "我方可接受的价格",
    "When the motors come": "电机何时到货",
    "Perhaps this week, perhaps the next.": "也许本周，也许下周。",
    "How to read our drawings": "如何看懂我们的图纸",
    "Fitting bearings without a hammer": "不用锤子安装轴承",
    # ---- what customers say ----------------------------------------------------------
    "Lakeside Clinics": "湖畔医院",
    "Nina Nurse": "胡丽",
    "Oscar Operator": "曹作",
    "Lamps in operating room 2": "2 号手术室的灯具",
    "The third lamp in a row with a cracked foot.": "这已是连续第三盏底座开裂的灯。",
    "Nobody could say when the new ones come.": "没人说得清新的什么时候到。",
    "Nothing ever squeaks.": "从没听到过异响。",
    # ---- who buys of us --------------------------------------------------------------
    "Yesterday Yachts": "昨日游艇",
    "Patient Pumps": "耐心泵业",
    "Someday Scanners": "改日扫描",
    "wants everything yesterday, and pays tomorrow": "什么都要昨天到货，货款明天再付",
    "waits, and complains when it was worth the wait": "肯等；等来的货不好才投诉",
    "asks for quotations, and never orders": "只询价，从不下单",
    "Demo customer: %(character)s.": "演示客户：%(character)s。",
    "Seal rings of a pump chipped": "泵的密封环崩缺",
    "The customer found it when the pump was opened: three of sixty.": (
        "客户拆泵时发现：六十件中有三件。"
    ),
    "The carrier came three days late": "承运人迟到三天",
    "The bearings left us in time and stood at the depot of the carrier.": (
        "轴承按时发出，却停在承运人的货场。"
    ),
    "What customers had of suppliers": "供应商对客户交付的影响",
    # ---- who is chosen ---------------------------------------------------------------
    "Flanges for the next two years": "今后两年的法兰",
    "200 flanges a year, tight at 16 bar, with a test report of every lot.": (
        "每年 200 件法兰，16 巴下密封，每批附检测报告。"
    ),
    "Nothing comes: it is bought by express instead.": "一直不交货：只能加急另行采购。",
    "Twelve flanges tried at 24 bar, all of them tight.": (
        "试用十二件，24 巴下全部密封。"
    ),
    "It became better every month, while our present foundry is phased "
    "out. The cheapest one never delivered anything.": (
        "该供应商的质量逐月改善，而现有的铸造厂正在逐步退出；报价最低的一家从未交过货。"
    ),
    "Bushings for the new pump": "新泵用衬套",
    "Cartons and pallets of one year": "全年纸箱与托盘",
    # ---- what is checked when it comes -----------------------------------------------
    "Ceramic parts": "陶瓷件",
    "Bore": "内孔",
    "Edges": "边缘",
    "No chips, under the lamp": "灯下检查，无崩边",
    "Chipped edges.": "边缘崩裂。",
    "Batch Number": "批次号",
    "Line Stopped": "产线停工",
    "Melting shop and outgoing goods": "熔炼车间与出货区",
    "Gauges are not calibrated": "量具未校准",
    # ---- what is told in a chat ------------------------------------------------------
    "Purchasing chat": "采购群",
    "Late deliveries of the week": "本周迟交情况",
    "Two suppliers promised a new day.": "两家供应商承诺了新的交期。",
    "Data warehouse": "数据仓库",
    # ---- where -----------------------------------------------------------------------
    "Cleveland": "克利夫兰",
    "Chicago": "芝加哥",
    "Monterrey": "蒙特雷",
    "Memphis": "孟菲斯",
    "Pune": "浦那",
    "Phoenix": "凤凰城",
    "Nagoya": "名古屋",
    "Newcastle": "纽卡斯尔",
    "Sheffield": "谢菲尔德",
    "Biel": "比尔",
    "Jena": "耶拿",
    "Lyon": "里昂",
    # ---- how they are ----------------------------------------------------------------
    "on the day, fixed prices, answers at once": "当日到货，价格稳定，回复及时",
    "always two days late, in answers too; ISO expired": (
        "总是迟两天，回复也一样；ISO 证书已过期"
    ),
    "splits every order; ISO not verified yet": "每张订单都分批到货；ISO 证书尚未核验",
    "in time, a quarter too much, bills rounded up": (
        "准时，但总多送四分之一，账单向上取整"
    ),
    "worse, dearer and slower month after month": "质量、价格、速度一月不如一月",
    "better, cheaper and quicker month after month": "质量、价格、速度一月好过一月",
    "moves promises, bills too much; no ISO": "一再推迟交期，账单偏高；没有 ISO 证书",
    "in time, answers quickly, but much goes back": "准时，回复快，但退货多",
    "cheap; delivers and answers nothing": "便宜；不交货，也不回复",
    "two lines a month: too few to rank": "每月两行订单：太少，不参与排名",
    "early; its Sales Desk answers; ISO expires soon": (
        "提前到货；由销售部回复；ISO 证书即将到期"
    ),
    "euros, discounts; slow answers, one late a month": (
        "欧元结算，有折扣；回复慢，每月迟到一次"
    ),
    "%(character)s.": "%(character)s。",
    "Demo supplier: %(character)s.": "演示供应商：%(character)s。",
    "Demo supplier: nothing was ordered yet.": "演示供应商：尚未下过订单。",
    # ---- what is bought --------------------------------------------------------------
    "Bearings": "轴承",
    "Services": "服务",
    "Fasteners": "紧固件",
    "Plastics": "塑料件",
    "Packaging": "包装",
    "Castings": "铸件",
    "Machined parts": "机加工件",
    "Drives": "驱动",
    "Ceramics": "陶瓷件",
    "Springs": "弹簧",
    "Optics": "光学件",
    "Labels": "标签",
    "Ball bearing 6204": "深沟球轴承 6204",
    "Thrust bearing 51105": "推力轴承 51105",
    "Linear shaft 20 mm": "直线光轴 20 mm",
    "Calibration": "校准服务",
    "Hex bolt M8 × 40": "六角螺栓 M8 × 40",
    "Hex bolt M10 × 50": "六角螺栓 M10 × 50",
    "Blind rivet 4.8 mm": "抽芯铆钉 4.8 mm",
    "Housing, ABS": "ABS 外壳",
    "Protective cap": "保护盖",
    "Granulate PA6": "PA6 粒料",
    "Carton 400 × 300": "纸箱 400 × 300",
    "Stretch film": "缠绕膜",
    "Pallet 1200 × 800": "托盘 1200 × 800",
    "Bracket, cast iron": "铸铁支架",
    "Flange DN50": "法兰 DN50",
    "Valve body": "阀体",
    "Drive shaft": "传动轴",
    "Gear wheel z = 32": "齿轮 z = 32",
    "Bushing, bronze": "青铜衬套",
    "Motor 24 V, 60 W": "电机 24 V 60 W",
    "Stepper motor NEMA 23": "步进电机 NEMA 23",
    "Motor cable": "电机电缆",
    "Insulator": "绝缘子",
    "Nozzle 0.8 mm": "喷嘴 0.8 mm",
    "Seal ring": "密封环",
    "Compression spring": "压缩弹簧",
    "Tension spring": "拉伸弹簧",
    "Lens f = 50 mm": "透镜 f = 50 mm",
    "Colour filter": "滤色片",
    "Lens cleaner": "镜头清洁剂",
    "Type label": "铭牌标签",
    "Warning label": "警示标签",
    "%(days)s days": "%(days)s 天",
    # ---- what is said ----------------------------------------------------------------
    "Please confirm the day and the quantities of %(order)s.": (
        "请确认 %(order)s 的交货日期和数量。"
    ),
    "Confirmed.": "已确认。",
    "We look into it.": "我们正在调查。",
    "Our line is being rebuilt, come a week later.": (
        "我方产线正在改造，请推迟一周交货。"
    ),
    "Raw material is late, we need more time.": "原材料延误，我们需要更多时间。",
    "Strike in the port: no ship was unloaded.": "港口罢工：没有船只卸货。",
    "Our dock was closed for two days: the lorry was sent away.": (
        "我方码头关闭了两天：卡车被遣回。"
    ),
    "Our mail server was down: the answers came, and we did not see them.": (
        "我方邮件服务器故障：对方已答复，但我们没有看到。"
    ),
    "Note of the warehouse": "仓库记录",
    # ---- what is complained about ----------------------------------------------------
    "Delivery note without our order number": "送货单上没有我方订单号",
    "Found when it was booked; the supplier sent another one.": (
        "入账时发现；供应商已补发一份。"
    ),
    "Chipped edges": "边缘崩缺",
    "A sample of 20 was inspected under the lamp; the affected boxes are marked.": (
        "抽样 20 件灯检；受影响的箱子已做标记。"
    ),
    "Cracks in the glaze": "釉面开裂",
    "Seen under the lamp; the parts are tight all the same.": (
        "灯检时发现；零件的密封性未受影响。"
    ),
    "Bore too narrow": "孔径偏小",
    "The pins do not fit; a third of the box was measured.": (
        "销子装不进去；已测量整箱的三分之一。"
    ),
    "Porous castings": "铸件有气孔",
    "Found in machining: holes below the surface.": "机加工时发现：表层下有孔洞。",
    "Sand in the castings": "铸件夹砂",
    "Found in cleaning: the tools go blunt.": "清理时发现：刀具很快磨钝。",
    "Walls too thin": "壁厚不足",
    "Measured with ultrasound: 4 mm where the drawing asks for 6.": (
        "超声波测量：图纸要求 6 mm，实测 4 mm。"
    ),
    "Wrong alloy": "合金牌号错误",
    "The certificate names another alloy than the drawing.": (
        "材质证明上的合金与图纸不符。"
    ),
    "Porous castings again": "铸件再次出现气孔",
    "Pressure test failed. The report on the causes that was promised after the last "
    "time has not come.": "压力试验不合格。上次承诺的原因分析报告至今未到。",
    "Cracked in assembly: the line stood for six hours": "装配时开裂：产线停工六小时",
    "Three parts broke when they were pressed in. The whole lot is blocked.": (
        "压装时三件断裂。整批已冻结。"
    ),
    "Boxes crushed in transport": "运输途中箱子压坏",
    "The driver signed for it, and the carrier's insurance pays.": (
        "司机已签字确认，由承运人的保险赔付。"
    ),
    "Wrong size of carton": "纸箱尺寸错误",
    "The order had the old drawing: our mistake.": "订单附的是旧图纸：我方的错误。",
    "Delivery date not confirmed": "交货日期未确认",
    "Asked three times, in writing and by telephone.": "书面和电话共询问三次。",
    "Nothing has come": "货物一直未到",
    "Telephone and e-mail remain without an answer.": "电话和邮件均无人回复。",
    "Our mould is not given back": "我方模具未归还",
    "It was asked for in writing; nobody opens the gate.": (
        "已书面要求归还；厂门无人应答。"
    ),
    "The line stands for want of flanges": "缺少法兰，产线停工",
    "The same ones are bought elsewhere, by express and dearer.": (
        "已加急另行采购同样的法兰，价格更高。"
    ),
    "Diameter out of tolerance": "直径超差",
    "Measured on arrival; the supplier sorts what is in our store.": (
        "到货检验时测得；供应商正在我方库房挑选。"
    ),
    # ---- documents -------------------------------------------------------------------
    "Trade register": "市场监督管理局",
    "Lighthouse Certification": "灯塔认证",
    "It is the head office's. The foundry is not in its scope.": (
        "这是总部的证书，铸造厂不在认证范围内。"
    ),
    # ---- certifications, stages and policies -----------------------------------------
    "Strategic suppliers and partners: papers and a few questions, decided by Quality "
    "and then by Purchasing.": (
        "适用于战略型和伙伴型供应商：提交文件并回答几个问题，先由质量部、再由采购部审批。"
    ),
    "Quality": "质量部",
    "Purchasing": "采购部",
    "The best in everything for half a year.": "半年来各方面表现最佳。",
    "Porous castings stopped our line, again.": "铸件气孔再次导致我方停线。",
    "The certification was revoked.": "认证已被撤销。",
    "Nine of ten orders in time for three months.": "连续三个月，十张订单中九张准时。",
    "No quality system: come back with ISO 9001.": (
        "没有质量体系：取得 ISO 9001 后再来。"
    ),
    "Every second delivery goes back in part.": "每两批就有一批部分退货。",
    "Small orders, until it is reinstated.": "恢复认证之前只下小订单。",
    "Nothing was ever delivered.": "从未交过货。",
    "Answer within two days.": "两天之内回复。",
    "The samples failed twice.": "样品两次不合格。",
    "The mould of this flange is still there.": "这种法兰的模具还在那里。",
    # ---- what follows ----------------------------------------------------------------
    "A second machine was bought; two people were trained on it.": (
        "添置了第二台机床，并培训了两名操作人员。"
    ),
    "We plan two days more for transport from now on.": "今后运输时间多安排两天。",
    "A second colleague looks after our orders.": "增派第二位同事跟进我方订单。",
    "Parts of the last lot are sorted in our store.": (
        "正在我方仓库对上一批零件进行分拣。"
    ),
    "They called: the lorry stands at the border.": "对方来电：卡车停在边境。",
    "Strategic suppliers deliver on time": "战略供应商准时交付",
    "Most suppliers are graded A or B": "多数供应商达到 A 级或 B 级",
    "Less comes back from Boomerang": "回旋镖陶瓷的退货减少",
    "Nobody else has these parts, but they are small.": (
        "这些零件虽无其他来源，但数量很小。"
    ),
    # ---- what registers say ----------------------------------------------------------
    "Court register": "法院公告",
    "Rating agency": "评级机构",
    "Company register": "企业信用信息公示系统",
    "A foundry sues for unpaid moulds": "某铸造厂起诉追讨模具款",
    "Yearly credit rating": "年度信用评级",
    "Could not be reached at its registered address": "通过登记的住所无法联系",
    "Index of pig iron": "生铁价格指数",
    # ---- who applies -----------------------------------------------------------------
    "Northern Light Tooling": "北极光工具",
    "Harbour Seals": "港湾密封件",
    "Riverside Springs": "河畔弹簧",
    "We make shafts up to 2 m, in lots from one piece.": (
        "我们加工 2 m 以内的轴，单件起订。"
    ),
    "Seals for food and chemistry; samples within a week.": (
        "食品和化工用密封件；一周内提供样品。"
    ),
    "You met us at the fair in Sheffield.": "我们在谢菲尔德的展会上见过面。",
    "We heard that one can apply here.": "听说可以在这里申请。",
    # ---- the portal of suppliers -----------------------------------------------------
    "Our goods entry is closed on the first Friday of the month": (
        "每月第一个星期五我方收货处停止收货"
    ),
    "Please plan your deliveries for the days around it.": "请安排在前后几天送货。",
    "Bearings in boxes that come back": "轴承改用可回收周转箱",
    "You send the empty boxes along when the next ones come.": (
        "下一批到货时，贵方将空箱交回即可。"
    ),
    "We try it with the small bearings.": "我们先用小型轴承试行。",
    "You asked us on the phone for a later day.": "贵方曾来电要求推迟交货日期。",
}
