import Cairn
import Observation

/// The details of one planned time, and what the person has typed.
public struct LogState: Equatable, Sendable {
    /// The page; what is picked is marked in it.
    public var view: LogPage
    /// How much, as typed.
    public var amountTyped: String
    /// The note, as typed.
    public var noteTyped: String
    /// The screens a target may lead to.
    public let reach: Reach

    /// What stands on every page.
    public var page: PageView { view.page }

    /// Where a half-typed amount is kept: beside the page's note.
    var amountPage: String { view.draftPage + "/amount" }

    /// All that is said on the page.
    var saying: Saying {
        Saying(
            did: view.did,
            amount: amountTyped.isBlank ? nil : amountTyped,
            felt: view.chosenNumber,
            why: view.chosenReason,
            note: noteTyped.isBlank ? nil : noteTyped
        )
    }
}

/// What can happen on the page of a planned time.
public enum LogEvent: Hashable, Sendable {
    /// How it went.
    case pickDid(did: String)
    /// How it felt, 0 to 10.
    case pickFelt(n: Int64)
    /// What got in the way.
    case pickReason(why: String)
    /// How much.
    case typeAmount(text: String)
    /// A note.
    case typeNote(text: String)
    /// Keeps it all.
    case save
    /// Leaves it as it is.
    case skip
    /// What every page can be asked.
    case page(PageEvent)
}

/// The presenter of the page of a planned time: it adds to an entry, or changes it.
@Observable
public final class LogPresenter: PagePresenter {
    public typealias State = LogState
    public typealias Event = LogEvent

    public internal(set) var state: LogState?
    @ObservationIgnored let desk: Desk<LogEvent>
    @ObservationIgnored private let entry: String
    @ObservationIgnored private var kept = Saying()
    @ObservationIgnored private var keptDrafts: [String: String] = [:]
    @ObservationIgnored private var left = false

    /// A presenter that has not begun yet.
    public init(core: any CairnCore, around: Surroundings = Surroundings(), entry: String) {
        desk = Desk(core: core, around: around)
        self.entry = entry
    }

    func first() async throws -> LogState {
        let view = try await desk.core.correctPage(entry: entry)
        var state = showing(view)
        kept = state.saying
        if let draft = view.draft { state.noteTyped = draft }
        if let amount = try await desk.core.draft(page: state.amountPage) { state.amountTyped = amount }
        return state
    }

    func hold(_ event: LogEvent) {
        switch event {
        case .typeAmount(let text): change { $0.amountTyped = text }
        case .typeNote(let text): change { $0.noteTyped = text }
        default: break
        }
    }

    func handle(_ event: LogEvent) async throws {
        guard let state else { return }
        switch event {
        case .pickDid(let did): try await pickDid(state.view, did)
        case .pickFelt(let n): change { $0.view.mark(felt: n) }
        case .pickReason(let why): try await pickReason(why)
        case .typeAmount: try await keep(state.amountTyped, as: state.amountPage)
        case .typeNote: try await keep(state.noteTyped, as: state.view.draftPage)
        case .save: try await save(state)
        case .skip: try await leave(state)
        case .page(let event): try await handlePage(event, back: .today)
        }
    }

    /// Which reasons are asked for depends on the answer, and the core says so.
    private func pickDid(_ view: LogPage, _ did: String) async throws {
        let asked = try await desk.core.logPage(plan: view.plan, on: view.on, did: did)
        change { state in
            let why = state.view.chosenReason
            state.view.answers = asked.answers
            state.view.did = asked.did
            state.view.whyQuestion = asked.whyQuestion
            state.view.reasons = asked.reasons
            state.view.mark(reason: why)
        }
    }

    /// A first reason is kept with one tap, for the answer is kept already; what else is on the page waits for Save.
    private func pickReason(_ why: String) async throws {
        change { $0.view.mark(reason: why) }
        guard kept.why == nil else { return }
        try await desk.core.correct(entry: entry, saying: Saying(why: why))
        kept.why = why
    }

    /// Says to the core what is not kept yet, once.
    private func save(_ state: LogState) async throws {
        // A second tap: it is kept already.
        guard !left else { return }
        let saying = state.saying.without(kept)
        if saying != Saying() { try await desk.core.correct(entry: entry, saying: saying) }
        kept = state.saying
        try await leave(state)
    }

    private func leave(_ state: LogState) async throws {
        try await keep("", as: state.amountPage)
        try await keep("", as: state.view.draftPage)
        left = true
        desk.go(.today)
    }

    /// Keeps what is typed so far. Letters that came meanwhile are in it already, so nothing is written twice.
    private func keep(_ text: String, as page: String) async throws {
        guard keptDrafts[page] != text else { return }
        try await desk.core.keepDraft(page: page, text: text)
        keptDrafts[page] = text
    }

    private func showing(_ view: LogPage) -> LogState {
        LogState(view: view, amountTyped: view.amount ?? "", noteTyped: view.note ?? "", reach: desk.around.reach)
    }

    func blank() -> LogState {
        showing(.blank(title: desk.core.words("log-how-question")))
    }

    func with(_ problem: ProblemView, on state: LogState) -> LogState {
        var state = state
        state.view.page.problem = problem
        return state
    }

    func spoken(_ state: LogState) -> String {
        let view = state.view
        return [view.page.title, view.what, view.onWords, view.help].joined(separator: "\n")
    }
}
