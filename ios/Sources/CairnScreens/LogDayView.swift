#if canImport(SwiftUI)
import Cairn
import CairnPresent
import SwiftUI

/// Shows the days that can be written about; holds nothing and decides nothing.
public struct LogDayView: View {
    @Environment(\.words) private var words
    let state: LogDayState
    let send: (LogDayEvent) -> Void

    /// Shows this, and says what happens on it.
    public init(state: LogDayState, send: @escaping (LogDayEvent) -> Void) {
        self.state = state
        self.send = send
    }

    public var body: some View {
        let view = state.view
        PageFrame(page: state.page, reach: state.reach, send: { send(.page($0)) }) {
            if let empty = view.empty { Card { BodyLine(words: empty) } }
            if !view.plans.isEmpty { plans }
            if !view.days.isEmpty { days }
        }
    }

    private var plans: some View {
        ChoiceList(question: words("log-plan-question")) {
            ForEach(state.view.plans, id: \.value) { plan in
                Choice(words: plan.words, chosen: plan.chosen) { send(.pickPlan(plan: plan.value)) }
            }
        }
    }

    /// The answers stand under the day picked: each is kept at once.
    private var days: some View {
        ChoiceList(question: state.page.title, shown: false) {
            ForEach(state.view.days, id: \.on) { day in
                Choice(words: day.words, chosen: day.on == state.day) { send(.pickDay(on: day.on)) }
                if day.on == state.day { answers }
            }
        }
    }

    @ViewBuilder private var answers: some View {
        Heading(words: words("log-how-question"))
        ForEach(state.view.answers, id: \.did) { answer in
            TargetButton(words: answer.words, spoken: answer.spoken) { send(.pickDid(did: answer.did)) }
        }
    }
}
#endif
