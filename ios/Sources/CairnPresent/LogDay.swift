import Cairn
import Observation

/// The days that can be written about, and the one picked.
public struct LogDayState: Equatable, Sendable {
    /// The page, ready in the language chosen.
    public var view: LogDayPage
    /// The day picked.
    public var day: String?
    /// The screens a target may lead to.
    public let reach: Reach

    /// What stands on every page.
    public var page: PageView { view.page }
}

/// What can happen on the page for another day.
public enum LogDayEvent: Hashable, Sendable {
    /// Which plan it is about.
    case pickPlan(plan: String)
    /// Which day it is about.
    case pickDay(on: String)
    /// How it went: kept at once.
    case pickDid(did: String)
    /// What every page can be asked.
    case page(PageEvent)
}

/// The presenter of the page for another day.
@Observable
public final class LogDayPresenter: PagePresenter {
    public typealias State = LogDayState
    public typealias Event = LogDayEvent

    public internal(set) var state: LogDayState?
    @ObservationIgnored let desk: Desk<LogDayEvent>
    @ObservationIgnored private var left = false

    /// A presenter that has not begun yet.
    public init(core: any CairnCore, around: Surroundings = Surroundings()) {
        desk = Desk(core: core, around: around)
    }

    func first() async throws -> LogDayState {
        LogDayState(view: try await desk.core.logDayPage(plan: nil), day: nil, reach: desk.around.reach)
    }

    func handle(_ event: LogDayEvent) async throws {
        guard let state else { return }
        switch event {
        case .pickPlan(let plan):
            let view = try await desk.core.logDayPage(plan: plan)
            change { $0.view = view }
        case .pickDay(let day): change { $0.day = day }
        case .pickDid(let did): try await keep(state, did)
        case .page(let event): try await handlePage(event, back: .today)
        }
    }

    /// Keeps the answer for the plan and the day picked, once.
    private func keep(_ state: LogDayState, _ did: String) async throws {
        guard let plan = state.view.plans.first(where: { $0.chosen })?.value, let day = state.day, !left else { return }
        try await desk.core.log(plan: plan, saying: Saying(did: did, on: day))
        left = true
        desk.go(.today)
    }

    func blank() -> LogDayState {
        let title = desk.core.words("log-day-question")
        return LogDayState(view: .blank(title: title), day: nil, reach: desk.around.reach)
    }

    func with(_ problem: ProblemView, on state: LogDayState) -> LogDayState {
        var state = state
        state.view.page.problem = problem
        return state
    }

    func spoken(_ state: LogDayState) -> String {
        ([state.page.title] + state.view.days.map(\.words)).joined(separator: "\n")
    }
}
