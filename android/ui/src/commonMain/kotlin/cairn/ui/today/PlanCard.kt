package cairn.ui.today

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import cairn.core.AnswerChoice
import cairn.core.TodayCard
import cairn.core.WeekView
import cairn.present.ScreenName
import cairn.present.TodayEvent
import cairn.present.TodayState
import cairn.ui.parts.AnswerButton
import cairn.ui.parts.Body
import cairn.ui.parts.Card
import cairn.ui.parts.Heading
import cairn.ui.parts.LinkRow
import cairn.ui.parts.OtherButton
import cairn.ui.parts.Second
import cairn.ui.parts.Words
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnMeasure
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.TextSize
import cairn.ui.tokens.textSize

/** One planned thing: what, when, the week, then the answers, or what was answered. What it says is read as one. */
@Composable
internal fun PlanCard(card: TodayCard, open: Boolean, state: TodayState, words: Words, on: (TodayEvent) -> Unit) {
    Card {
        Column(
            Modifier.semantics(mergeDescendants = true) { contentDescription = card.spoken },
            verticalArrangement = Arrangement.spacedBy(CairnSpace.xs),
        ) {
            Heading(card.what)
            card.whenWhere?.let { Second(it) }
            Week(card.thisWeek)
            if (card.answers.isEmpty() && card.logged == null) Body(card.stateWords)
        }
        Answers(card, open, words, on)
        Logged(card, state, words, on)
        if (ScreenName.PlanView in state.reach) {
            LinkRow(words("today-read-plan"), { on(TodayEvent.OpenPlan(card.plan)) }, onward = true)
        }
    }
}

/** An open card shows every answer; another the first, and the way to the others. */
@Composable
private fun Answers(card: TodayCard, open: Boolean, words: Words, on: (TodayEvent) -> Unit) {
    val answers = card.answers
    if (answers.isEmpty()) return
    Answer(card, answers.first(), on)
    if (!open) {
        OtherButton(words("today-other-answers"), { on(TodayEvent.OpenCard(card.plan)) })
        return
    }
    val side = if (textSize() == TextSize.Usual) 2 else 1
    answers.drop(1).chunked(side).forEach { pair ->
        Row(horizontalArrangement = Arrangement.spacedBy(CairnSpace.s)) {
            pair.forEach { Answer(card, it, on, Modifier.weight(1f)) }
        }
    }
}

@Composable
private fun Answer(card: TodayCard, answer: AnswerChoice, on: (TodayEvent) -> Unit, modifier: Modifier = Modifier) =
    AnswerButton(answer.words, answer.spoken, { on(TodayEvent.Log(card.plan, answer.did)) }, modifier)

/** What was answered, and the ways to say more. */
@Composable
private fun Logged(card: TodayCard, state: TodayState, words: Words, on: (TodayEvent) -> Unit) {
    val logged = card.logged ?: return
    val said = if (logged.words == state.announced) Modifier.saidWhenItComes() else Modifier
    Body(logged.words, said)
    if (ScreenName.Log !in state.reach) return
    OtherButton(logged.askWhy ?: words("log-add-more"), { on(TodayEvent.More(card.plan)) }, leadsOn = true)
    OtherButton(words("log-change"), { on(TodayEvent.ChangeEntry(logged.entry)) }, leadsOn = true)
}

/** The week in words, and the same as small boxes that a screen reader is not told of. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Week(week: WeekView) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(CairnSpace.m),
        verticalArrangement = Arrangement.spacedBy(CairnSpace.xs),
    ) {
        Second(week.words)
        if (textSize() == TextSize.Usual) Boxes(week)
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Boxes(week: WeekView) {
    val colour = CairnColours.action.here
    FlowRow(Modifier.padding(top = CairnSpace.xs), horizontalArrangement = Arrangement.spacedBy(CairnSpace.xs)) {
        repeat(maxOf(week.done, week.wanted).toInt()) { box ->
            val edge = Modifier.size(BOX).border(CairnMeasure.hairlineHighContrast, colour)
            Box(if (box < week.done.toInt()) edge.background(colour) else edge)
        }
    }
}

private val BOX = 16.dp
