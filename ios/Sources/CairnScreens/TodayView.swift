#if canImport(SwiftUI)
import Cairn
import CairnPresent
import CairnTokens
import SwiftUI

/// Shows today's page; holds nothing and decides nothing.
public struct TodayView: View {
    @Environment(\.words) private var words
    let state: TodayState
    let send: (TodayEvent) -> Void

    /// Shows this, and says what happens on it.
    public init(state: TodayState, send: @escaping (TodayEvent) -> Void) {
        self.state = state
        self.send = send
    }

    public var body: some View {
        let view = state.view
        PageFrame(
            page: state.page, reach: state.reach, place: .today, over: view.date, send: { send(.page($0)) }
        ) {
            carryOn
            ForEach(view.cards, id: \.plan) { card in
                PlanCard(card: card, isOpen: card.plan == state.openCard, state: state, send: send)
            }
            if let empty = view.empty { nothingPlanned(empty) }
            ForEach(view.checkIns, id: \.followUp) { checkIn($0) }
            if state.reach.contains(.offer) {
                ForEach(view.offers, id: \.plan) { offer in
                    Notice(words: offer.words, tone: .notice) { send(.openOffer(id: offer.plan)) }
                }
            }
            if !view.cards.isEmpty { ways }
        }
    }

    @ViewBuilder private var carryOn: some View {
        if let left = state.view.carryOn, let to = state.carriesOnTo, state.reach.contains(to.named) {
            TargetButton(words: left.words) { send(.carryOn) }
        }
    }

    /// What else can be done with what is planned.
    @ViewBuilder private var ways: some View {
        if state.reach.contains(.rest) { TargetButton(words: words("rest-need")) { send(.rest) } }
        if state.reach.contains(.logDay) { TargetButton(words: words("today-other-day")) { send(.otherDay) } }
    }

    private func nothingPlanned(_ said: String) -> some View {
        Card {
            BodyLine(words: said)
            if state.reach.contains(.goalTalk) { TargetButton(words: words("today-add-goal")) { send(.addGoal) } }
        }
    }

    private func checkIn(_ checkIn: CheckInView) -> some View {
        Card {
            Heading(words: words("today-check-in"))
            if state.reach.contains(.followUp) {
                LinkRow(words: checkIn.words) { send(.openCheckIn(id: checkIn.followUp)) }
            } else {
                BodyLine(words: checkIn.words)
            }
        }
    }
}
#endif
