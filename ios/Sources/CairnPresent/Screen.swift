/// The screens a person can be taken to, named as in the design.
public enum ScreenName: String, CaseIterable, Sendable {
    case today = "Today"
    case log = "Log"
    case logDay = "LogDay"
    case rest = "Rest"
    case planView = "PlanView"
    case offer = "Offer"
    case followUp = "FollowUp"
    case goalTalk = "GoalTalk"
    case goals = "Goals"
    case more = "More"
    case help = "Help"
    case status = "Status"
    case disagreement = "Disagreement"
}

/// A screen with what it is about.
public enum Screen: Hashable, Sendable {
    /// What is planned today.
    case today
    /// What was written down: to add to it, or to change it.
    case log(entry: String)
    /// One of the last days, to write something down for.
    case logDay
    /// A rest of one plan or of all.
    case rest
    /// The whole plan.
    case planView(plan: String)
    /// An offer to look at what got in the way, known by its plan.
    case offer(id: String)
    /// A check-in.
    case followUp(id: String)
    /// A goal in the person's own words.
    case goalTalk
    /// Answers that do not match.
    case disagreement(id: String)
    /// A screen that is about nothing further: a place, Help, what is not sent.
    case plain(ScreenName)

    /// Which screen it is.
    public var named: ScreenName {
        switch self {
        case .today: .today
        case .log: .log
        case .logDay: .logDay
        case .rest: .rest
        case .planView: .planView
        case .offer: .offer
        case .followUp: .followUp
        case .goalTalk: .goalTalk
        case .disagreement: .disagreement
        case .plain(let name): name
        }
    }
}

/// Going somewhere, as a value.
public struct Go: Hashable, Sendable {
    /// Where to.
    public let to: Screen

    /// Going to this screen.
    public init(to: Screen) {
        self.to = to
    }
}

/// The screens that are there. A target that leads to another is not shown, and an event for it goes nowhere: whatever
/// is on a screen works.
public struct Reach: Equatable, Sendable {
    private let built: Set<ScreenName>

    /// These screens are there.
    public init(_ built: Set<ScreenName>) {
        self.built = built
    }

    /// Whether this screen is there.
    public func contains(_ name: ScreenName) -> Bool {
        built.contains(name)
    }

    /// The places of the bar that are there, in their order.
    public var places: [ScreenName] {
        [.today, .goals, .more].filter(built.contains)
    }

    /// The screens this shell has. Add a screen here when it is built, and every target that leads to it shows.
    public static let shipped = Reach([.today, .log, .logDay])

    /// Every screen of the design: for tests of targets that wait for their screen.
    public static let everything = Reach(Set(ScreenName.allCases))
}
