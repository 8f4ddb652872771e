import Cairn
import Observation

/// Today's page, and what the shell holds of it.
public struct TodayState: Equatable, Sendable {
    /// The page, ready in the language chosen.
    public var view: TodayPage
    /// The plan whose card shows all its answers.
    public var openCard: String?
    /// What was just saved, to be said once.
    public var announced: String?
    /// The screens a target may lead to.
    public let reach: Reach

    /// What stands on every page.
    public var page: PageView { view.page }

    /// Where what was left half done goes on: its draft is kept under `log/` and the entry it is about.
    public var carriesOnTo: Screen? {
        let parts = view.carryOn?.page.split(separator: "/") ?? []
        guard parts.first == "log", parts.count > 1 else { return nil }
        return .log(entry: String(parts[1]))
    }

    func card(_ plan: String) -> TodayCard? {
        view.cards.first { $0.plan == plan }
    }
}

/// What can happen on today's page.
public enum TodayEvent: Hashable, Sendable {
    /// An answer for a plan, kept at once.
    case log(plan: String, did: String)
    /// More about what was written for a plan.
    case more(plan: String)
    /// All the answers of a plan.
    case openCard(plan: String)
    /// The whole plan.
    case openPlan(plan: String)
    /// An offer, known by its plan.
    case openOffer(id: String)
    /// A check-in.
    case openCheckIn(id: String)
    /// What was written was not so.
    case changeEntry(entry: String)
    /// On with what was left half done.
    case carryOn
    /// A rest is needed.
    case rest
    /// Something for another day.
    case otherDay
    /// A goal, where there is none.
    case addGoal
    /// What every page can be asked.
    case page(PageEvent)
}

/// The presenter of today's page.
@Observable
public final class TodayPresenter: PagePresenter {
    public typealias State = TodayState
    public typealias Event = TodayEvent

    public internal(set) var state: TodayState?
    @ObservationIgnored let desk: Desk<TodayEvent>

    /// A presenter that has not begun yet.
    public init(core: any CairnCore, around: Surroundings = Surroundings()) {
        desk = Desk(core: core, around: around)
    }

    func first() async throws -> TodayState {
        showing(try await desk.core.today(), announced: nil)
    }

    func handle(_ event: TodayEvent) async throws {
        guard let state else { return }
        switch event {
        case .log(let plan, let did): try await log(state, plan, did)
        case .more(let plan): if let logged = state.card(plan)?.logged { desk.go(.log(entry: logged.entry)) }
        case .openCard(let plan): change { ($0.openCard, $0.announced) = (plan, nil) }
        case .openPlan(let plan): desk.go(.planView(plan: plan))
        case .openOffer(let id): desk.go(.offer(id: id))
        case .openCheckIn(let id): desk.go(.followUp(id: id))
        case .changeEntry(let entry): desk.go(.log(entry: entry))
        case .carryOn: if let screen = state.carriesOnTo { desk.go(screen) }
        case .rest: desk.go(.rest)
        case .otherDay: desk.go(.logDay)
        case .addGoal: desk.go(.goalTalk)
        case .page(let event): try await handlePage(event, back: nil)
        }
    }

    /// Keeps an answer once: a card that is answered offers none, so a second tap finds nothing to keep.
    private func log(_ state: TodayState, _ plan: String, _ did: String) async throws {
        guard let card = state.card(plan), card.answers.contains(where: { $0.did == did }) else { return }
        try await desk.core.log(plan: plan, saying: Saying(did: did))
        let shown = try await desk.core.today()
        let logged = shown.cards.first { $0.plan == plan }?.logged
        self.state = showing(shown, announced: logged?.words)
        if let logged, logged.askWhy != nil { desk.go(.log(entry: logged.entry)) }
    }

    private func showing(_ view: TodayPage, announced: String?) -> TodayState {
        let open = view.cards.first { $0.open }?.plan
        return TodayState(view: view, openCard: open, announced: announced, reach: desk.around.reach)
    }

    func blank() -> TodayState {
        showing(.blank(title: desk.core.words("today-hello-you")), announced: nil)
    }

    func with(_ problem: ProblemView, on state: TodayState) -> TodayState {
        var state = state
        state.view.page.problem = problem
        state.announced = nil
        return state
    }

    func spoken(_ state: TodayState) -> String {
        let view = state.view
        let top = [view.page.title, view.date, view.page.sent.words, view.empty].compactMap { $0 }
        let rest = view.cards.map(\.spoken) + view.checkIns.map(\.words) + view.offers.map(\.words)
        return (top + rest).joined(separator: "\n")
    }
}
