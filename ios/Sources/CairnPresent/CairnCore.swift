import Cairn

/// All that presenters ask of the core, about one person's record.
///
/// What is refused is thrown, and `problem(of:)` says it in words. The real one is `RecordCore`; tests also use
/// `FakeCore`.
public protocol CairnCore: Sendable {
    /// Words of the catalogue that stand still, in the language chosen. Quick, and reads no record.
    func words(_ key: String) -> String

    /// What happened, what is safe and what to do, in words.
    func problem(of trouble: any Swift.Error) -> ProblemView

    /// The page of today.
    func today() async throws -> TodayPage

    /// The page with the details of a planned time: of a plan and a day, today where none is given.
    func logPage(plan: Id, on day: String?, did: String?) async throws -> LogPage

    /// The page that adds to or corrects an entry.
    func correctPage(entry: Id) async throws -> LogPage

    /// The page to write for another day; without a plan it is about the first that runs.
    func logDayPage(plan: Id?) async throws -> LogDayPage

    /// Keeps an answer; the id of the entry. On the disk when it returns.
    @discardableResult
    func log(plan: Id, saying: Saying) async throws -> Id

    /// Keeps a correction beside what it corrects; what is not said stays.
    @discardableResult
    func correct(entry: Id, saying: Saying) async throws -> Id

    /// Ends the rest of everything that rests.
    func startAgain() async throws

    /// What was typed on a page and not finished.
    func draft(page: String) async throws -> String?

    /// Keeps what was typed on a page, on this device only; empty text forgets it.
    func keepDraft(page: String, text: String) async throws
}
