package cairn.ui.log

import androidx.compose.runtime.Composable
import cairn.present.LogDayEvent
import cairn.present.LogDayState
import cairn.ui.parts.AnswerButton
import cairn.ui.parts.Body
import cairn.ui.parts.Card
import cairn.ui.parts.ChoiceList
import cairn.ui.parts.Heading
import cairn.ui.parts.Option
import cairn.ui.parts.Page
import cairn.ui.parts.Words

/** Shows the days that can be written about; holds nothing and decides nothing. */
@Composable
fun LogDayView(state: LogDayState, words: Words, on: (LogDayEvent) -> Unit) {
    val view = state.view
    Page(state.page, state.reach, words, on) {
        view.empty?.let { Card { Body(it) } }
        if (view.plans.size > 1) {
            ChoiceList(words("log-plan-question"), view.plans.map { Option(it.words, it.chosen) { on(LogDayEvent.PickPlan(it.value)) } })
        } else {
            view.plans.forEach { Card { Body(it.words) } }
        }
        if (view.days.isNotEmpty()) {
            ChoiceList(
                state.page.title,
                view.days.map { Option(it.words, it.on == state.day) { on(LogDayEvent.PickDay(it.on)) } },
                shown = false,
            ) { Answers(state, words, on) }
        }
    }
}

/** The answers for the day picked: each is kept at once. */
@Composable
private fun Answers(state: LogDayState, words: Words, on: (LogDayEvent) -> Unit) {
    Heading(words("log-how-question"))
    state.view.answers.forEach { AnswerButton(it.words, it.spoken, { on(LogDayEvent.PickDid(it.did)) }) }
}
