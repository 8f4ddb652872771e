package cairn.present

import cairn.core.LogDayPage
import cairn.core.LogPage
import cairn.core.PageView
import cairn.core.SentView
import cairn.core.TodayPage

// Pages that could not be read: nothing on them but a title, and what is the matter on top.

private fun blankPage(title: String) = PageView(
    title = title, sent = SentView(waiting = 0uL, words = null), needs = listOf(), paused = null,
    disagreements = listOf(), practice = false, problem = null,
)

internal fun blankToday(title: String) = TodayPage(
    blankPage(title), date = "", greeting = title, cards = listOf(), empty = null, checkIns = listOf(), offers = listOf(), carryOn = null,
)

internal fun blankLog(title: String) = LogPage(
    blankPage(title), plan = "", what = "", on = "", onWords = "", answers = listOf(), did = null, amount = null,
    feltQuestion = "", felt = listOf(), whyQuestion = null, reasons = listOf(), note = null, draft = null, draftPage = "",
    corrects = listOf(), correctsWords = null, offerRest = null, help = "",
)

internal fun blankLogDay(title: String) = LogDayPage(
    blankPage(title), plans = listOf(), days = listOf(), answers = listOf(), last = "", empty = null,
)
