import Cairn
import CairnPresent

/// A core that answers with given pages and writes down what it is asked to change: for tests and previews.
public actor FakeCore: CairnCore {
    /// A change it was asked for.
    public enum Call: Equatable, Sendable {
        case log(plan: String, saying: Saying)
        case correct(entry: String, saying: Saying)
        case startAgain
        case keepDraft(page: String, text: String)
    }

    /// What it was asked to change, in order. What was refused is not in it.
    public private(set) var calls: [Call] = []
    /// The plans another page for other days was asked for.
    public private(set) var plansAskedFor: [String] = []
    /// What is half typed, by page.
    public private(set) var drafts: [String: String]

    private var trouble: (refusal: Cairn.Error, after: Int)?
    private var todayPage: TodayPage?
    private let after: TodayPage?
    private let log: LogPage?
    private let logDay: LogDayPage?

    /// Answers with these pages; after an answer is kept, today is `after`.
    public init(
        today: TodayPage? = nil, after: TodayPage? = nil, log: LogPage? = nil, logDay: LogDayPage? = nil,
        drafts: [String: String] = [:]
    ) {
        todayPage = today
        self.after = after
        self.log = log
        self.logDay = logDay
        self.drafts = drafts
    }

    /// Refuses one question or change with this: the next, or the one after so many that go well.
    public func refuse(with refusal: Cairn.Error, after: Int = 0) {
        trouble = (refusal, after)
    }

    public nonisolated func words(_ key: String) -> String {
        "[\(key)]"
    }

    public nonisolated func problem(of trouble: any Swift.Error) -> ProblemView {
        ProblemView(code: "\(trouble)", words: "[\(trouble)]", ways: [])
    }

    public func today() throws -> TodayPage {
        try answer(todayPage)
    }

    public func logPage(plan: Id, on day: String?, did: String?) throws -> LogPage {
        var page = try answer(log)
        guard let did else { return page }
        page.did = did
        for index in page.answers.indices {
            page.answers[index].chosen = page.answers[index].value == did
        }
        return page
    }

    public func correctPage(entry: Id) throws -> LogPage {
        try answer(log)
    }

    public func logDayPage(plan: Id?) throws -> LogDayPage {
        if let plan { plansAskedFor.append(plan) }
        return try answer(logDay)
    }

    public func log(plan: Id, saying: Saying) throws -> Id {
        try keep(.log(plan: plan, saying: saying))
        todayPage = after ?? todayPage
        return "entry-1"
    }

    public func correct(entry: Id, saying: Saying) throws -> Id {
        try keep(.correct(entry: entry, saying: saying))
        return "entry-2"
    }

    public func startAgain() throws {
        try keep(.startAgain)
    }

    public func draft(page: String) throws -> String? {
        try refuseOnce()
        return drafts[page]
    }

    public func keepDraft(page: String, text: String) throws {
        try keep(.keepDraft(page: page, text: text))
        drafts[page] = text.isEmpty ? nil : text
    }

    private func keep(_ call: Call) throws {
        try refuseOnce()
        calls.append(call)
    }

    private func answer<Page>(_ page: Page?) throws -> Page {
        try refuseOnce()
        guard let page else { throw Cairn.Error.UnknownId }
        return page
    }

    private func refuseOnce() throws {
        guard let (refusal, after) = trouble else { return }
        trouble = after == 0 ? nil : (refusal, after - 1)
        if after == 0 { throw refusal }
    }
}
