"""Traditional characters read as Simplified, so that a rule sees the same words in both scripts.

Only the characters the checker's patterns use: whole texts are converted where plans are imported, and this
floor depends on no dictionary. A test holds the table complete against the patterns.
"""

_TRADITIONAL = (
    "萬與業兩嚴個舉從衆眾會體傾償關冊軍衝決準減刪别別勸動單壓參發臺號後聽員響場復頭學實對導將帶幫幹應異強歸當錄態總惡懲戶掃撫報攔攝數"
    "無暫機權來極檔檢匯彙測濟點熱牽現畫監盤離積穩級縱紋線組織絡絕統緒維纏網羣職臉輿補規視計記論設訪證評識訴誤謠負賬帳蹤軌較過進遲跡遺"
    "覈佈複蹟採釋鎖長門閉問鬧隊險項順預頻題風驅驗"
    "亂傳內劃勢區協國圍壇壞寫師廣揮損擊擔擴擾樹歷況溫潛瀾爭爲狀產確範篩糾約紛給經綜緊罰義聯聲處虛衛觀詢認誘誰調謀議護譽責貼贏趨輕轉遊達違邏鄉釀鍵鎮隱靜饋黨為術緩親屬時標橫沒結縮繳罷節訓誡語諾談間"
)
_SIMPLIFIED = (
    "万与业两严个举从众众会体倾偿关册军冲决准减删别别劝动单压参发台号后听员响场复头学实对导将带帮干应异强归当录态总恶惩户扫抚报拦摄数"
    "无暂机权来极档检汇汇测济点热牵现画监盘离积稳级纵纹线组织络绝统绪维缠网群职脸舆补规视计记论设访证评识诉误谣负账账踪轨较过进迟迹遗"
    "核布复迹采释锁长门闭问闹队险项顺预频题风驱验"
    "乱传内划势区协国围坛坏写师广挥损击担扩扰树历况温潜澜争为状产确范筛纠约纷给经综紧罚义联声处虚卫观询认诱谁调谋议护誉责贴赢趋轻转游达违逻乡酿键镇隐静馈党为术缓亲属时标横没结缩缴罢节训诫语诺谈间"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def folded(text: str) -> str:
    """The text with the Traditional characters that the patterns know replaced by their Simplified form."""
    return text.translate(_TABLE)
