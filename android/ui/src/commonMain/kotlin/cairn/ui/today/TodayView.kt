package cairn.ui.today

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import cairn.core.CheckInView
import cairn.core.OfferLine
import cairn.present.ScreenName
import cairn.present.TodayEvent
import cairn.present.TodayState
import cairn.ui.parts.Body
import cairn.ui.parts.Card
import cairn.ui.parts.Heading
import cairn.ui.parts.Icons
import cairn.ui.parts.LinkRow
import cairn.ui.parts.Notice
import cairn.ui.parts.OtherButton
import cairn.ui.parts.Page
import cairn.ui.parts.Tone
import cairn.ui.parts.Words

/** Shows today's page; holds nothing and decides nothing. */
@Composable
fun TodayView(state: TodayState, words: Words, on: (TodayEvent) -> Unit) {
    val view = state.view
    Page(state.page, state.reach, words, on, place = ScreenName.Today, over = view.date) {
        CarryOn(state, on)
        view.cards.forEach { card -> PlanCard(card, card.plan == state.openCard, state, words, on) }
        view.empty?.let { Empty(it, state, words, on) }
        view.checkIns.forEach { CheckIn(it, state, words, on) }
        if (ScreenName.Offer in state.reach) view.offers.forEach { Offer(it, on) }
        if (view.cards.isNotEmpty()) Ways(state, words, on)
    }
}

/** What else can be done with what is planned. */
@Composable
private fun Ways(state: TodayState, words: Words, on: (TodayEvent) -> Unit) {
    if (ScreenName.Rest in state.reach) OtherButton(words("rest-need"), { on(TodayEvent.Rest) }, leadsOn = true)
    if (ScreenName.LogDay in state.reach) OtherButton(words("today-other-day"), { on(TodayEvent.OtherDay) }, leadsOn = true)
}

@Composable
private fun CarryOn(state: TodayState, on: (TodayEvent) -> Unit) {
    val left = state.view.carryOn ?: return
    val to = state.carriesOnTo ?: return
    if (to.named in state.reach) OtherButton(left.words, { on(TodayEvent.CarryOn) }, leadsOn = true)
}

@Composable
private fun Empty(said: String, state: TodayState, words: Words, on: (TodayEvent) -> Unit) {
    Card {
        Body(said)
        if (ScreenName.GoalTalk in state.reach) OtherButton(words("today-add-goal"), { on(TodayEvent.AddGoal) }, leadsOn = true)
    }
}

@Composable
private fun CheckIn(checkIn: CheckInView, state: TodayState, words: Words, on: (TodayEvent) -> Unit) {
    Card {
        Heading(words("today-check-in"))
        if (ScreenName.FollowUp in state.reach) {
            LinkRow(checkIn.words, { on(TodayEvent.OpenCheckIn(checkIn.followUp)) }, onward = true)
        } else {
            Body(checkIn.words)
        }
    }
}

@Composable
private fun Offer(offer: OfferLine, on: (TodayEvent) -> Unit) =
    Notice(offer.words, Tone.Notice, Icons.look, onTap = { on(TodayEvent.OpenOffer(offer.plan)) })

/** A sentence that is said once when it comes. */
internal fun Modifier.saidWhenItComes() = semantics { liveRegion = LiveRegionMode.Polite }
