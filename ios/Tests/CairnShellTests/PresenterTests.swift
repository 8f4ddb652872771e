import Cairn
import CairnFake
import Testing

@testable import CairnPresent
// The conversation in the core has a `Go` of its own.
import struct CairnPresent.Go

@Suite("What every presenter does alike")
@MainActor
struct PresenterTests {
    let everything = Surroundings(reach: .everything)
    let usual: TodayPage

    init() throws {
        usual = try Samples<TodayPage>.read("today").view("usual")
    }

    private func today(_ core: FakeCore) -> TodayPresenter {
        TodayPresenter(core: core, around: everything)
    }

    @Test func everySampleOfTodayIsShownWithWhatTheShellHolds() async throws {
        for sample in try Samples<TodayPage>.read("today").samples {
            let presenter = today(FakeCore(today: sample.view))
            await presenter.play()
            let state = try #require(presenter.state)
            #expect(state.view == sample.view, "\(sample.name)")
            #expect(state.openCard == sample.shell["openCard"]?.text, "\(sample.name)")
        }
    }

    @Test func aRefusalIsSaidOnTopOfThePageAndWhatWasThereStays() async {
        let core = FakeCore(today: usual)
        let presenter = today(core)
        await presenter.play(.log(plan: "plan-bench", did: "did")) { await core.refuse(with: .StorageFull) }
        #expect(presenter.state?.page.problem?.code == "StorageFull")
        #expect(presenter.state?.view.cards == usual.cards)
        #expect(await core.calls.isEmpty, "nothing was kept")
    }

    @Test func whatIsTheMatterGoesWhenTheNextThingWorks() async {
        let core = FakeCore(today: usual)
        let presenter = today(core)
        let answer = TodayEvent.log(plan: "plan-bench", did: "did")
        await presenter.play(answer, answer) { await core.refuse(with: .StorageFull) }
        #expect(presenter.state?.page.problem == nil)
        #expect(await core.calls.count == 1)
    }

    @Test func aPageThatCannotBeReadSaysWhyAndHoldsNothingElse() async {
        let core = FakeCore(today: usual)
        await core.refuse(with: .Locked)
        let presenter = today(core)
        await presenter.play()
        #expect(presenter.state?.page.problem?.code == "Locked")
        #expect(presenter.state?.page.title == "[today-hello-you]")
        #expect(presenter.state?.view.cards == [])
    }

    @Test func anEventForAScreenThatIsNotThereGoesNowhere() async {
        let presenter = TodayPresenter(core: FakeCore(today: usual), around: Surroundings(reach: Reach([.today])))
        let gone = await presenter.play(.rest, .page(.help), .otherDay, .page(.openPlace(screen: .goals)))
        #expect(gone == [])
    }

    @Test func aPageIsSaidAloudWhereThereIsAVoice() async {
        let said = Said()
        let around = Surroundings(reach: .everything, sayAloud: { said.lines = $0.split(separator: "\n") })
        let presenter = TodayPresenter(core: FakeCore(today: usual), around: around)
        await presenter.play(.page(.readAloud))
        #expect(said.lines.first == Substring(usual.page.title))
        #expect(said.lines.last == usual.checkIns.last.map { Substring($0.words) })
    }

    @Test func aCardThatIsAnsweredTakesNoSecondAnswer() async throws {
        let samples = try Samples<TodayPage>.read("today")
        let core = FakeCore(today: usual, after: try samples.view("saved"))
        let twice = TodayEvent.log(plan: "plan-bench", did: "did")
        await today(core).play(twice, twice)
        #expect(await core.calls.count == 1)
    }

    @Test func aLetterIsShownBeforeTheCoreIsAsked() async throws {
        let view = try Samples<LogPage>.read("log").view("empty")
        let presenter = LogPresenter(core: FakeCore(log: view), entry: "entry-1")
        presenter.state = try await presenter.first()
        presenter.send(.typeNote(text: "I"))
        #expect(presenter.state?.noteTyped == "I")
    }

    @Test func lettersThatCameWhileTheDiskWasBusyAreWrittenOnceAndAreTheNewest() async throws {
        let view = try Samples<LogPage>.read("log").view("empty")
        let core = FakeCore(log: view)
        let presenter = LogPresenter(core: core, entry: "entry-1")
        await presenter.play(.typeNote(text: "I"), .typeNote(text: "It"), .typeNote(text: "It w"))
        #expect(await core.calls == [.keepDraft(page: view.draftPage, text: "It w")])
    }

    @Test func pickingAnAnswerKeepsWhatIsTypedAndTheReasonPicked() async throws {
        let view = try Samples<LogPage>.read("log").view("couldNot")
        let presenter = LogPresenter(core: FakeCore(log: view), entry: "entry-1")
        let why = try #require(view.reasons.last?.why)
        await presenter.play(.typeNote(text: "Rain"), .pickReason(why: why), .pickDid(did: "tried"))
        #expect(presenter.state?.noteTyped == "Rain")
        #expect(presenter.state?.view.chosenReason == why)
        #expect(presenter.state?.view.did == "tried")
    }

    @Test func aRefusedSaveKeepsTheTypingAndSavingAgainKeepsIt() async throws {
        let view = try Samples<LogPage>.read("log").view("empty")
        let core = FakeCore(log: view)
        let presenter = LogPresenter(core: core, around: everything, entry: "entry-1")
        // The note goes well, the first save does not.
        let gone = await presenter.play(.typeNote(text: "Windy"), .save) {
            await core.refuse(with: .StorageFull, after: 1)
        }
        #expect(gone == [])
        #expect(presenter.state?.page.problem?.code == "StorageFull")
        #expect(presenter.state?.noteTyped == "Windy")
        #expect(await core.calls == [.keepDraft(page: view.draftPage, text: "Windy")])
    }

    @Test func aSaveThatCouldNotForgetTheDraftSaysNothingTwice() async throws {
        let view = try Samples<LogPage>.read("log").view("empty")
        let core = FakeCore(log: view)
        let presenter = LogPresenter(core: core, around: everything, entry: "entry-1")
        // The note and the correction go well, forgetting the draft does not; then all of it does.
        let gone = await presenter.play(.typeNote(text: "Windy"), .save, .save) {
            await core.refuse(with: .StorageFull, after: 2)
        }
        #expect(gone == [Go(to: .today)])
        let corrections = await core.calls.filter { if case .correct = $0 { true } else { false } }
        #expect(corrections == [.correct(entry: "entry-1", saying: Saying(note: "Windy"))])
    }

    @Test func theShellHasNoScreenTwiceAndItsPlacesAreThere() {
        #expect(Set(ScreenName.allCases.map(\.rawValue)).count == ScreenName.allCases.count)
        #expect(Reach.shipped.places == [.today])
        #expect(Reach.everything.places == [.today, .goals, .more])
    }
}

@MainActor
private final class Said {
    var lines: [Substring] = []
}
