package cairn.present

import cairn.bridge.CairnCore
import cairn.core.LogDayPage
import cairn.core.PageView
import cairn.core.Saying

/** The days that can be written about, and the one picked. */
data class LogDayState(
    /** The page, ready in the language chosen. */
    val view: LogDayPage,
    /** The day picked. */
    val day: String?,
    /** The screens a target may lead to. */
    val reach: Reach,
) {
    /** What stands on every page. */
    val page: PageView get() = view.page
}

/** What can happen on the page for another day. */
sealed interface LogDayEvent {
    /** Which plan it is about. */
    data class PickPlan(val plan: String) : LogDayEvent

    /** Which day it is about. */
    data class PickDay(val on: String) : LogDayEvent

    /** How it went: kept at once. */
    data class PickDid(val did: String) : LogDayEvent
}

/** The presenter of the page for another day. */
class LogDayPresenter(core: CairnCore, around: Surroundings) : Presenter<LogDayState, LogDayEvent>(core, around) {
    private var left = false

    override fun first() = LogDayState(core.logDayPage(plan = null), day = null, around.reach)

    override fun handle(event: LogDayEvent) {
        val state = now ?: return
        when (event) {
            is LogDayEvent.PickPlan -> show(state.copy(view = core.logDayPage(event.plan)))
            is LogDayEvent.PickDay -> show(state.copy(day = event.on))
            is LogDayEvent.PickDid -> keep(state, event.did)
            is PageEvent -> handlePage(event, back = Screen.Today)
        }
    }

    /** Keeps the answer for the plan and the day picked, once. */
    private fun keep(state: LogDayState, did: String) {
        val plan = state.view.plans.firstOrNull { it.chosen }?.value ?: return
        val day = state.day ?: return
        if (left) return
        core.log(plan, Saying(did = did, on = day))
        left = true
        go(Screen.Today)
    }

    override fun troubled(now: LogDayState?, trouble: cairn.core.Exception): LogDayState {
        val problem = core.problem(trouble)
        val state = now ?: LogDayState(blankLogDay(core.words("log-day-question")), day = null, around.reach)
        return state.copy(view = state.view.copy(page = state.page.copy(problem = problem)))
    }

    override fun spoken(now: LogDayState) = with(now.view) { (listOf(page.title) + days.map { it.words }).joinToString("\n") }
}
