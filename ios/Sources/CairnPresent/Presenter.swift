import Cairn

/// What a presenter is given beside the core: which screens there are, and a voice where the phone has one.
public struct Surroundings: Sendable {
    /// The screens there are.
    public let reach: Reach
    /// Says a page aloud.
    public let sayAloud: (@MainActor @Sendable (String) -> Void)?

    /// With these screens, and this voice if there is one.
    public init(reach: Reach = .shipped, sayAloud: (@MainActor @Sendable (String) -> Void)? = nil) {
        self.reach = reach
        self.sayAloud = sayAloud
    }
}

/// What every page can be asked. It is part of the events of every screen: `TodayEvent.page(.back)`.
public enum PageEvent: Hashable, Sendable {
    /// To where the person was.
    case back
    /// To help with this page.
    case help
    /// To one of the places in the bar.
    case openPlace(screen: ScreenName)
    /// Says the page aloud.
    case readAloud
    /// To what is not sent yet.
    case openStatus
    /// To answers that do not match.
    case openDisagreement(id: String)
    /// Ends a rest over everything.
    case startAgain
}

/// Turns events into a state to show and into ways to go.
@MainActor
public protocol Presenter: AnyObject {
    /// What is shown.
    associatedtype State: Sendable
    /// What can happen.
    associatedtype Event: Sendable

    /// What to show; nothing until the page was read once.
    var state: State? { get }
    /// Where to go, each once. For one reader.
    var goes: AsyncStream<Go> { get }

    /// Reads the page, then takes events until the task it runs in ends.
    func begin() async
    /// Something happened on the page.
    func send(_ event: Event)
}

/// What a presenter works with: the core, the events that wait, the ways to go.
@MainActor
final class Desk<Event: Sendable> {
    let core: any CairnCore
    let around: Surroundings
    let events: AsyncStream<Event>
    let goes: AsyncStream<Go>
    let arriving: AsyncStream<Event>.Continuation
    let going: AsyncStream<Go>.Continuation

    init(core: any CairnCore, around: Surroundings) {
        self.core = core
        self.around = around
        (events, arriving) = AsyncStream.makeStream()
        (goes, going) = AsyncStream.makeStream()
    }

    func take(_ event: Event) {
        arriving.yield(event)
    }

    /// Goes there if the screen is there.
    func go(_ to: Screen) {
        if around.reach.contains(to.named) { going.yield(Go(to: to)) }
    }
}

/// How presenters work, one like the other.
///
/// Events are taken one after the other in the order they came, so a second tap sees what the first one did. The core
/// is asked off the main thread; the state changes on it. The core decides: a presenter only asks it, and keeps what is
/// typed.
@MainActor
protocol PagePresenter: Presenter {
    var state: State? { get set }
    var desk: Desk<Event> { get }

    /// The page as it is when the person arrives.
    func first() async throws -> State
    /// What an event changes at once, before the core is asked: a text field must have its letter when it asks for it.
    func hold(_ event: Event)
    /// What an event asks of the core.
    func handle(_ event: Event) async throws
    /// A page that could not be read: nothing on it but a title.
    func blank() -> State
    /// The same page with this on top; what was typed is kept.
    func with(_ problem: ProblemView, on state: State) -> State
    /// The page, spoken.
    func spoken(_ state: State) -> String
}

extension PagePresenter {
    public var goes: AsyncStream<Go> { desk.goes }

    public func begin() async {
        await attempt { self.state = try await self.first() }
        for await event in desk.events {
            await attempt { try await self.handle(event) }
        }
    }

    public func send(_ event: Event) {
        hold(event)
        desk.take(event)
    }

    func hold(_ event: Event) {}

    /// Changes what is shown. What was typed while the core was asked is in it already, and stays.
    func change(_ change: (inout State) -> Void) {
        guard var now = state else { return }
        change(&now)
        state = now
    }

    /// What every page does alike. `back` is where the person came from; a place has none.
    func handlePage(_ event: PageEvent, back: Screen?) async throws {
        switch event {
        case .back: if let back { desk.go(back) }
        case .help: desk.go(.plain(.help))
        case .openPlace(let screen): desk.go(screen == .today ? .today : .plain(screen))
        case .readAloud: if let state { desk.around.sayAloud?(spoken(state)) }
        case .openStatus: desk.go(.plain(.status))
        case .openDisagreement(let id): desk.go(.disagreement(id: id))
        case .startAgain:
            try await desk.core.startAgain()
            state = try await first()
        }
    }

    private func attempt(_ act: () async throws -> Void) async {
        do {
            try await act()
        } catch {
            state = with(desk.core.problem(of: error), on: state ?? blank())
        }
    }
}
