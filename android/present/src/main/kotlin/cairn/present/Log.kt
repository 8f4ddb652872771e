package cairn.present

import cairn.bridge.CairnCore
import cairn.core.LogPage
import cairn.core.PageView
import cairn.core.ReasonView
import cairn.core.Saying
import cairn.core.ScaleCell

/** The details of one planned time, and what the person has typed. */
data class LogState(
    /** The page; what is picked is marked in it. */
    val view: LogPage,
    /** How much, as typed. */
    val amountTyped: String,
    /** The note, as typed. */
    val noteTyped: String,
    /** The screens a target may lead to. */
    val reach: Reach,
) {
    /** What stands on every page. */
    val page: PageView get() = view.page
}

/** What can happen on the page of a planned time. */
sealed interface LogEvent {
    /** How it went. */
    data class PickDid(val did: String) : LogEvent

    /** How it felt, 0 to 10. */
    data class PickFelt(val n: Long) : LogEvent

    /** What got in the way. */
    data class PickReason(val why: String) : LogEvent

    /** How much. */
    data class TypeAmount(val text: String) : LogEvent

    /** A note. */
    data class TypeNote(val text: String) : LogEvent

    /** Keeps it all. */
    data object Save : LogEvent

    /** Leaves it as it is. */
    data object Skip : LogEvent
}

/** The presenter of the page of a planned time: [entry] is what is added to or changed. */
class LogPresenter(core: CairnCore, around: Surroundings, private val entry: String) :
    Presenter<LogState, LogEvent>(core, around) {

    private var left = false
    private var kept = Saying()

    override fun first(): LogState {
        val view = core.correctPage(entry)
        kept = Saying(did = view.did, amount = view.amount, felt = view.felt.chosen(), why = view.reasons.chosen(), note = view.note)
        val amount = core.draft(amountPage(view)) ?: view.amount
        return LogState(view, amount.orEmpty(), (view.draft ?: view.note).orEmpty(), around.reach)
    }

    override fun handle(event: LogEvent) {
        val state = now ?: return
        when (event) {
            is LogEvent.PickDid -> show(state.copy(view = picked(state.view, event.did)))
            is LogEvent.PickFelt -> show(state.copy(view = state.view.felt(event.n)))
            is LogEvent.PickReason -> pickReason(state, event.why)
            is LogEvent.TypeAmount -> {
                show(state.copy(amountTyped = event.text))
                core.keepDraft(amountPage(state.view), event.text)
            }
            is LogEvent.TypeNote -> {
                show(state.copy(noteTyped = event.text))
                core.keepDraft(state.view.draftPage, event.text)
            }
            LogEvent.Save -> save(state)
            LogEvent.Skip -> leave(state)
            is PageEvent -> handlePage(event, back = Screen.Today)
        }
    }

    /** Which reasons are asked for depends on the answer, and the core says so. */
    private fun picked(view: LogPage, did: String): LogPage {
        val asked = core.logPage(view.plan, view.on, did)
        val chosen = view.reasons.chosen()
        return view.copy(answers = asked.answers, did = asked.did, whyQuestion = asked.whyQuestion, reasons = asked.reasons).reason(chosen)
    }

    /** A first reason is kept with one tap, for the answer is kept already; what else is on the page waits for Save. */
    private fun pickReason(state: LogState, why: String) {
        show(state.copy(view = state.view.reason(why)))
        if (kept.why != null) return
        core.correct(entry, Saying(why = why))
        kept = kept.copy(why = why)
    }

    /** Says to the core what is not kept yet, once. */
    private fun save(state: LogState) {
        if (left) return // a second tap: it is kept already
        val saying = Saying(
            did = state.view.did.unless(kept.did),
            amount = state.amountTyped.takeIf { it.isNotBlank() }.unless(kept.amount),
            felt = state.view.felt.chosen().unless(kept.felt),
            why = state.view.reasons.chosen().unless(kept.why),
            note = state.noteTyped.takeIf { it.isNotBlank() }.unless(kept.note),
        )
        if (saying != Saying()) core.correct(entry, saying)
        leave(state)
    }

    private fun leave(state: LogState) {
        core.keepDraft(amountPage(state.view), "")
        core.keepDraft(state.view.draftPage, "")
        left = true
        go(Screen.Today)
    }

    override fun troubled(now: LogState?, trouble: cairn.core.Exception): LogState {
        val problem = core.problem(trouble)
        val state = now ?: LogState(blankLog(core.words("log-how-question")), "", "", around.reach)
        return state.copy(view = state.view.copy(page = state.page.copy(problem = problem)))
    }

    override fun spoken(now: LogState) = with(now.view) { listOf(page.title, what, onWords, help).joinToString("\n") }

    private fun amountPage(view: LogPage) = view.draftPage + AMOUNT

    private companion object {
        /** Where a half-typed amount is kept: beside the page's note. */
        const val AMOUNT = "/amount"
    }
}

private fun <T> T?.unless(kept: T?): T? = takeIf { it != kept }

@JvmName("chosenReason")
private fun List<ReasonView>.chosen(): String? = firstOrNull { it.chosen }?.why

@JvmName("chosenNumber")
private fun List<ScaleCell>.chosen(): Long? = firstOrNull { it.chosen }?.value

/** The page with this number of the scale marked. */
private fun LogPage.felt(n: Long) = copy(felt = felt.map { it.copy(chosen = it.value == n) })

/** The page with this reason marked, and the rest the core offers for it. */
private fun LogPage.reason(why: String?): LogPage {
    val marked = reasons.map { it.copy(chosen = it.why == why) }
    return copy(reasons = marked, offerRest = marked.firstOrNull { it.chosen }?.offerRest)
}
