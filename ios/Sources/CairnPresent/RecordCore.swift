import Cairn

/// The core for one person's record, off the main thread.
///
/// An actor, so that calls stand one behind the other and never on the thread that draws. Each is short: the longest
/// wait is for the disk to say that an answer is on it.
public actor RecordCore: CairnCore {
    private let record: Record
    private let language: Lang

    /// The core for this record, speaking this language. The record's own profile must speak it too.
    public init(record: Record, language: Lang) {
        self.record = record
        self.language = language
    }

    public nonisolated func words(_ key: String) -> String {
        Cairn.words(language: language, key: key)
    }

    public nonisolated func problem(of trouble: any Swift.Error) -> ProblemView {
        // Whatever is not the core's own error is a fault of this shell: the same to a person as trouble with the disk.
        let error = trouble as? Cairn.Error ?? .Storage(reason: "shell")
        return ProblemView(
            code: errorCode(error: error), words: errorSentence(error: error, language: language), ways: []
        )
    }

    public func today() throws -> TodayPage {
        try record.today()
    }

    public func logPage(plan: Id, on day: String?, did: String?) throws -> LogPage {
        try record.logPage(plan: plan, on: day, did: did)
    }

    public func correctPage(entry: Id) throws -> LogPage {
        try record.correctPage(entry: entry)
    }

    public func logDayPage(plan: Id?) throws -> LogDayPage {
        try record.logDayPage(plan: plan)
    }

    public func log(plan: Id, saying: Saying) throws -> Id {
        try record.log(plan: plan, saying: saying)
    }

    public func correct(entry: Id, saying: Saying) throws -> Id {
        try record.logCorrect(entry: entry, saying: saying)
    }

    public func startAgain() throws {
        _ = try record.startAgain()
    }

    public func draft(page: String) throws -> String? {
        try record.draftGet(page: page)
    }

    public func keepDraft(page: String, text: String) throws {
        try record.draftPut(page: page, text: text)
    }
}
