#if canImport(SwiftUI)
import Cairn
import CairnPresent
import CairnTokens
import SwiftUI

/// One planned thing: what, when, the week, then the answers, or what was answered. What it says is read as one.
struct PlanCard: View {
    @Environment(\.words) private var words
    let card: TodayCard
    let isOpen: Bool
    let state: TodayState
    let send: (TodayEvent) -> Void

    var body: some View {
        Card {
            said
            if isOpen { allAnswers } else { firstAnswer }
            if let logged = card.logged { answered(logged) }
            if state.reach.contains(.planView) {
                LinkRow(words: words("today-read-plan")) { send(.openPlan(plan: card.plan)) }
            }
        }
    }

    private var said: some View {
        VStack(alignment: .leading, spacing: CairnSpace.xs) {
            Heading(words: card.what)
            if let place = card.whenWhere { SecondLine(words: place) }
            SecondLine(words: card.thisWeek.words)
            if card.answers.isEmpty && card.logged == nil { BodyLine(words: card.stateWords) }
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(card.spoken)
    }

    /// The first answer stands alone; the others in pairs, or one under the other where text is large.
    private var allAnswers: some View {
        BySize { size in
            let pairs = [GridItem(.flexible(), spacing: CairnMeasure.targetApart), GridItem(.flexible())]
            ForEach(card.answers.prefix(1), id: \.did) { answer($0) }
            LazyVGrid(columns: size == .usual ? pairs : [GridItem(.flexible())], spacing: CairnMeasure.targetApart) {
                ForEach(card.answers.dropFirst(), id: \.did) { answer($0) }
            }
        }
    }

    @ViewBuilder private var firstAnswer: some View {
        ForEach(card.answers.prefix(1), id: \.did) { answer($0) }
        if !card.answers.isEmpty {
            TargetButton(words: words("today-other-answers")) { send(.openCard(plan: card.plan)) }
        }
    }

    private func answer(_ answer: AnswerChoice) -> some View {
        TargetButton(words: answer.words, spoken: answer.spoken) { send(.log(plan: card.plan, did: answer.did)) }
    }

    /// What was answered, and the ways to say more.
    @ViewBuilder private func answered(_ logged: LoggedView) -> some View {
        if logged.words == state.announced {
            BodyLine(words: logged.words).announced(logged.words)
        } else {
            BodyLine(words: logged.words)
        }
        if state.reach.contains(.log) {
            TargetButton(words: logged.askWhy ?? words("log-add-more")) { send(.more(plan: card.plan)) }
            TargetButton(words: words("log-change")) { send(.changeEntry(entry: logged.entry)) }
        }
    }
}
#endif
