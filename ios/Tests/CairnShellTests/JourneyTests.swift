import Testing

@Suite("Journeys replayed over the border")
struct JourneyTests {
    @Test func sixWeeksAlonePlayAsTheySay() throws {
        #expect(try Player("tests/journeys/given/alone.json").play() > 20)
    }

    @Test func aJourneyThatIsWrongIsRefusedAtTheStepThatIsWrong() throws {
        let player = try Player("tests/journeys/given/wrong.json")
        do {
            try player.play()
            Issue.record("a journey that is wrong was played to its end")
        } catch let departure as Departure {
            #expect(departure.step == 5)
            #expect(departure.why.hasPrefix("log.list: not as expected"))
        }
    }
}
