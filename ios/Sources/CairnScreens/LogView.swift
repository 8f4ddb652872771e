#if canImport(SwiftUI)
import Cairn
import CairnPresent
import CairnTokens
import SwiftUI

/// Shows the details of one planned time; holds nothing and decides nothing. Everything but the answer may be left out.
public struct LogView: View {
    @Environment(\.words) private var words
    let state: LogState
    let send: (LogEvent) -> Void

    /// Shows this, and says what happens on it.
    public init(state: LogState, send: @escaping (LogEvent) -> Void) {
        self.state = state
        self.send = send
    }

    public var body: some View {
        PageFrame(page: state.page, reach: state.reach, send: { send(.page($0)) }) {
            if !state.view.answers.isEmpty { details }
        }
    }

    @ViewBuilder private var details: some View {
        let view = state.view
        Card {
            BodyLine(words: view.what)
            SecondLine(words: view.onWords)
        }
        if !view.corrects.isEmpty { before }
        ChoiceList(question: view.page.title, shown: false) {
            ForEach(view.answers, id: \.value) { answer in
                Choice(words: answer.words, chosen: answer.chosen) { send(.pickDid(did: answer.value)) }
            }
        }
        if let question = view.whyQuestion { reasons(question) }
        if let rest = view.offerRest, state.reach.contains(.rest) { Notice(words: rest, tone: .notice) }
        Scale(question: view.feltQuestion, cells: view.felt) { send(.pickFelt(n: $0)) }
        TextBox(question: words("log-amount-question"), lines: 1, text: state.amountTyped) {
            send(.typeAmount(text: $0))
        }
        TextBox(question: words("log-note-question"), lines: 3, text: state.noteTyped) { send(.typeNote(text: $0)) }
        Notice(words: view.help, tone: .notice)
        TargetButton(words: words("log-save"), look: .main) { send(.save) }
        TargetButton(words: words("log-skip")) { send(.skip) }
    }

    private func reasons(_ question: String) -> some View {
        ChoiceList(question: question) {
            ForEach(state.view.reasons, id: \.why) { reason in
                Choice(words: reason.words, chosen: reason.chosen) { send(.pickReason(why: reason.why)) }
            }
        }
    }

    /// What was written before: it is kept, and shown.
    private var before: some View {
        Card {
            ForEach(state.view.corrects, id: \.entry) { version in
                BodyLine(words: version.words)
                ForEach(version.details, id: \.self) { SecondLine(words: $0) }
            }
            if let said = state.view.correctsWords { SecondLine(words: said) }
        }
    }
}
#endif
