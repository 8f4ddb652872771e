package cairn.present

import cairn.bridge.CairnCore
import cairn.core.PageView
import cairn.core.Saying
import cairn.core.TodayPage

/** Today's page, and what the shell holds of it. */
data class TodayState(
    /** The page, ready in the language chosen. */
    val view: TodayPage,
    /** The plan whose card shows all its answers. */
    val openCard: String?,
    /** What was just saved, to be said once. */
    val announced: String?,
    /** The screens a target may lead to. */
    val reach: Reach,
) {
    /** What stands on every page. */
    val page: PageView get() = view.page

    /** Where what was left half done goes on: its draft is kept under `log/` and the entry it is about. */
    val carriesOnTo: Screen?
        get() = view.carryOn?.page?.split('/')?.takeIf { it.first() == "log" }?.getOrNull(1)?.let { Screen.Log(it) }
}

/** What can happen on today's page. */
sealed interface TodayEvent {
    /** An answer for a plan, kept at once. */
    data class Log(val plan: String, val did: String) : TodayEvent

    /** More about what was written for a plan. */
    data class More(val plan: String) : TodayEvent

    /** All the answers of a plan. */
    data class OpenCard(val plan: String) : TodayEvent

    /** The whole plan. */
    data class OpenPlan(val plan: String) : TodayEvent

    /** An offer, known by its plan. */
    data class OpenOffer(val id: String) : TodayEvent

    /** A check-in. */
    data class OpenCheckIn(val id: String) : TodayEvent

    /** What was written was not so. */
    data class ChangeEntry(val entry: String) : TodayEvent

    /** On with what was left half done. */
    data object CarryOn : TodayEvent

    /** A rest is needed. */
    data object Rest : TodayEvent

    /** Something for another day. */
    data object OtherDay : TodayEvent

    /** A goal, where there is none. */
    data object AddGoal : TodayEvent
}

/** The presenter of today's page. */
class TodayPresenter(core: CairnCore, around: Surroundings) : Presenter<TodayState, TodayEvent>(core, around) {
    override fun first() = showing(core.today(), announced = null)

    override fun handle(event: TodayEvent) {
        val state = now ?: return
        when (event) {
            is TodayEvent.Log -> log(state, event)
            is TodayEvent.More -> state.card(event.plan)?.logged?.let { go(Screen.Log(it.entry)) }
            is TodayEvent.OpenCard -> show(state.copy(openCard = event.plan, announced = null))
            is TodayEvent.OpenPlan -> go(Screen.PlanView(event.plan))
            is TodayEvent.OpenOffer -> go(Screen.Offer(event.id))
            is TodayEvent.OpenCheckIn -> go(Screen.FollowUp(event.id))
            is TodayEvent.ChangeEntry -> go(Screen.Log(event.entry))
            TodayEvent.CarryOn -> state.carriesOnTo?.let { go(it) }
            TodayEvent.Rest -> go(Screen.Rest)
            TodayEvent.OtherDay -> go(Screen.LogDay)
            TodayEvent.AddGoal -> go(Screen.GoalTalk)
            is PageEvent -> handlePage(event, back = null)
        }
    }

    /** Keeps an answer once: a card that is answered offers none, so a second tap finds nothing to keep. */
    private fun log(state: TodayState, event: TodayEvent.Log) {
        if (state.card(event.plan)?.answers.orEmpty().none { it.did == event.did }) return
        core.log(event.plan, Saying(did = event.did))
        val read = core.today()
        val logged = read.cards.firstOrNull { it.plan == event.plan }?.logged
        show(showing(read, logged?.words))
        if (logged?.askWhy != null) go(Screen.Log(logged.entry))
    }

    private fun showing(view: TodayPage, announced: String?) =
        TodayState(view, view.cards.firstOrNull { it.open }?.plan, announced, around.reach)

    override fun troubled(now: TodayState?, trouble: cairn.core.Exception): TodayState {
        val problem = core.problem(trouble)
        val state = now ?: showing(blankToday(core.words("today-hello-you")), announced = null)
        return state.copy(view = state.view.copy(page = state.page.copy(problem = problem)), announced = null)
    }

    override fun spoken(now: TodayState): String = with(now.view) {
        sequenceOf(page.title, date, page.sent.words, empty) + cards.map { it.spoken } + checkIns.map { it.words } + offers.map { it.words }
    }.filterNotNull().joinToString("\n")
}

private fun TodayState.card(plan: String) = view.cards.firstOrNull { it.plan == plan }
