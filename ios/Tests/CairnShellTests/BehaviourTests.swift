import Cairn
import CairnFake
import Testing

@testable import CairnPresent

@Suite("What follows from each event is what the samples of both shells say")
@MainActor
struct BehaviourTests {
    let around = Surroundings(reach: .everything)

    @Test func todayDoesWhatTheSamplesSay() async throws {
        let samples = try Samples<TodayPage>.read("today")
        #expect(!samples.behaviour.isEmpty)
        for case_ in samples.behaviour {
            let core = FakeCore(today: try samples.view(case_.from), after: try case_.after.map(samples.view))
            let presenter = TodayPresenter(core: core, around: around)
            try await follow(case_, presenter, core) { state in
                ["openCard": text(state.openCard), "announced": text(state.announced)]
            }
        }
    }

    @Test func theLogPageDoesWhatTheSamplesSay() async throws {
        let samples = try Samples<LogPage>.read("log")
        #expect(!samples.behaviour.isEmpty)
        for case_ in samples.behaviour {
            let core = FakeCore(log: try samples.view(case_.from))
            let presenter = LogPresenter(core: core, around: around, entry: "entry-1")
            try await follow(case_, presenter, core) { state in
                ["amountTyped": .text(state.amountTyped), "noteTyped": .text(state.noteTyped)]
            }
            let view = try #require(presenter.state?.view)
            let marked = [
                "felt": view.felt.first { $0.chosen }.map { Json.number(Double($0.value)) },
                "why": text(view.chosenReason),
                "offerRest": text(view.offerRest),
            ]
            for (field, value) in case_.view ?? [:] {
                #expect(marked[field] == value, "\(case_.name): \(field)")
            }
        }
    }

    @Test func thePageForAnotherDayDoesWhatTheSamplesSay() async throws {
        let samples = try Samples<LogDayPage>.read("logDay")
        #expect(!samples.behaviour.isEmpty)
        for case_ in samples.behaviour {
            let core = FakeCore(logDay: try samples.view(case_.from))
            let presenter = LogDayPresenter(core: core, around: around)
            try await follow(case_, presenter, core) { ["day": text($0.day)] }
        }
    }

    /// Plays one case and compares the calls, the ways gone and what the shell holds.
    private func follow<P: PagePresenter, View>(
        _ case_: Samples<View>.Behaviour, _ presenter: P, _ core: FakeCore, holding: (P.State) -> [String: Json?]
    ) async throws where P.Event: FromSample {
        let events = try case_.events.map { try P.Event(sample: Named(event: $0)) }
        let gone = await presenter.play(all: events)
        #expect(gone.map(\.named) == [case_.go].compactMap { $0 }, "\(case_.name): goes")
        let asked = await core.plansAskedFor.map { Json.list([.text("logDayPage"), .text($0)]) }
        let called = await core.calls.map(\.named)
        #expect(asked + called == case_.calls.map(\.withoutNulls), "\(case_.name): calls")
        let held = holding(try #require(presenter.state))
        for (field, value) in case_.shell ?? [:] {
            #expect(held[field] == value, "\(case_.name): \(field)")
        }
    }
}

private func text(_ text: String?) -> Json {
    text.map(Json.text) ?? .null
}
