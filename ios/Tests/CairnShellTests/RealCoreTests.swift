import Cairn
import Foundation
import Testing

@testable import CairnPresent
// The conversation in the core has a `Go` of its own.
import struct CairnPresent.Go

@Suite("Presenters over the real library, on a real encrypted home")
@MainActor
struct RealCoreTests {
    let home: Home

    init() throws {
        home = try Home()
    }

    private func core(_ profile: Profile, in language: Lang = .en) throws -> RecordCore {
        RecordCore(record: try profile.own(), language: language)
    }

    @Test func whatWasPlannedIsLoggedWithOneTap() async throws {
        let profile = try home.create("Mary Evans")
        let plan = try agreeOnBench(try profile.own())
        let presenter = TodayPresenter(core: try core(profile))
        await presenter.play(.log(plan: plan, did: "did"))
        let state = try #require(presenter.state)
        let card = try #require(state.view.cards.first)
        #expect(state.page.title == "Hello Mary")
        #expect(card.logged?.did == "did")
        #expect(card.answers.isEmpty)
        #expect(state.announced == "Saved. Did it, Tuesday 17 March 2026 at 09:40.")
        #expect(card.thisWeek.words == "1 of 3 done this week")
    }

    @Test func anAnswerOutlivesAKill() async throws {
        let profile = try home.create("Mary Evans")
        let plan = try agreeOnBench(try profile.own())
        await TodayPresenter(core: try core(profile)).play(.log(plan: plan, did: "did"))
        let again = TodayPresenter(core: try core(home.asKilled().open()))
        await again.play()
        #expect(again.state?.view.cards.first?.logged?.did == "did")
    }

    @Test func aHalfTypedNoteIsThereAfterAKill() async throws {
        let profile = try home.create("Mary Evans")
        let plan = try agreeOnBench(try profile.own())
        let entry = try profile.own().log(plan: plan, saying: Saying(did: "part"))
        let typing = LogPresenter(core: try core(profile), entry: entry)
        await typing.play(.typeAmount(text: "Half"), .typeNote(text: "Turned back at the chur"))

        let killed = try home.asKilled().open()
        let today = TodayPresenter(core: try core(killed))
        let gone = await today.play(.carryOn)
        #expect(gone == [Go(to: .log(entry: entry))])
        let again = LogPresenter(core: try core(killed), entry: entry)
        await again.play()
        #expect(again.state?.noteTyped == "Turned back at the chur")
        #expect(again.state?.amountTyped == "Half")
    }

    @Test func aRefusalKeepsTheTypingAndSaysItsSentence() async throws {
        let profile = try home.create("Mary Evans")
        let plan = try agreeOnBench(try profile.own())
        let entry = try profile.own().log(plan: plan, saying: Saying(did: "did"))
        let tooLong = String(repeating: "long ", count: 20_001)
        let presenter = LogPresenter(core: try core(profile), entry: entry)
        let gone = await presenter.play(.typeNote(text: tooLong), .save)
        #expect(gone == [])
        #expect(presenter.state?.noteTyped == tooLong)
        #expect(presenter.state?.page.problem?.code == "too_long")
        #expect(presenter.state?.page.problem?.words == errorSentence(error: .TooLong(length: 100_005), language: .en))
        #expect(presenter.state?.page.problem?.words.isEmpty == false)
    }

    @Test func couldNotIsKeptAndItsReasonTakesOneTapMore() async throws {
        let profile = try home.create("Mary Evans")
        let plan = try agreeOnBench(try profile.own())
        let today = TodayPresenter(core: try core(profile))
        let gone = await today.play(.log(plan: plan, did: "could_not"))
        guard case .log(let entry) = gone.first?.to else {
            Issue.record("the page for the reason was not opened")
            return
        }
        let log = LogPresenter(core: try core(profile), entry: entry)
        await log.play(.pickReason(why: "flare"))
        #expect(log.state?.view.offerRest != nil)
        let again = LogPresenter(core: try core(profile), entry: entry)
        await again.play()
        #expect(again.state?.view.chosenReason == "flare")
    }

    @Test func yesterdayTakesThreeTaps() async throws {
        let profile = try home.create("Mary Evans")
        _ = try agreeOnBench(try profile.own())
        let gone = await TodayPresenter(core: try core(profile)).play(.otherDay)
        #expect(gone == [Go(to: .logDay)])
        let days = LogDayPresenter(core: try core(profile))
        let back = await days.play(.pickDay(on: "2026-03-16"), .pickDid(did: "did"))
        #expect(back == [Go(to: .today)])
        let again = LogDayPresenter(core: try core(profile))
        await again.play()
        #expect(again.state?.view.days.first?.on == "2026-03-16")
        #expect(again.state?.view.days.first?.did == "did")
    }

    @Test func everythingIsSaidInWelshWhereWelshIsChosen() async throws {
        let profile = try home.create("Mary Evans", in: .cy)
        let plan = try agreeOnBench(try profile.own())
        let presenter = TodayPresenter(core: try core(profile, in: .cy))
        await presenter.play(.log(plan: plan, did: "did"))
        let state = try #require(presenter.state)
        #expect(state.page.title == "Helo Mary")
        #expect(state.view.date == "Dydd Mawrth 17 Mawrth 2026")
        #expect(state.announced?.contains("17 Mawrth 2026") == true)
        let english = RecordCore(record: try profile.own(), language: .en)
        let welsh = RecordCore(record: try profile.own(), language: .cy)
        #expect(welsh.words("rest-need") != english.words("rest-need"))
        #expect(welsh.problem(of: Cairn.Error.StorageFull).words != english.problem(of: Cairn.Error.StorageFull).words)
    }

    @Test func theCoreIsNeverAskedWhereTheShellDraws() async throws {
        let profile = try home.create("Mary Evans")
        let plan = try agreeOnBench(try profile.own())
        let core = try core(profile)
        let before = home.clock.timesAskedOnMain
        await TodayPresenter(core: core).play(.log(plan: plan, did: "did"))
        #expect(home.clock.timesAskedOnMain == before)
        #expect(before > 0, "the clock sees where it is asked")
    }

    @Test func aFaultOfTheShellIsSaidAsTroubleWithTheDisk() throws {
        let core = try core(try home.create("Mary Evans"))
        #expect(core.problem(of: CancellationError()).code == "storage")
    }
}
