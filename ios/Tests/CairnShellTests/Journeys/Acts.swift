import Cairn

/// The acts of the command line by their names in a journey, called over the border. Each answers with what it made.
let acts: [String: @Sendable (Record, JourneyStep) throws -> Id?] = [
    "about.set": { try $0.aboutSet(section: $1.word("section"), text: $1.text("text")) },
    "need.add": { try $0.needAdd(need: $1.text("need")) },
    "goal.add": {
        try $0.goalAdd(
            words: $1.text("words"), importance: $1.optNumber("importance"),
            confidence: $1.optNumber("confidence"))
    },
    "goal.rate": {
        try $0.goalRate(
            goal: $1.text("goal"), importance: $1.opt("importance"), confidence: $1.opt("confidence"),
            why: $1.opt("why")
        ).last
    },
    "goal.reword": { try $0.goalReword(goal: $1.text("goal"), words: $1.text("words")) },
    "goal.take_up": { try $0.goalTakeUp(goal: $1.text("goal")) },
    "goal.hold": { try $0.goalHold(goal: $1.text("goal")) },
    "goal.resume": { try $0.goalResume(goal: $1.text("goal")) },
    "goal.achieve": { try $0.goalAchieve(goal: $1.text("goal")) },
    "goal.set_aside": { try $0.goalSetAside(goal: $1.text("goal"), why: $1.text("why")) },
    "plan.new": { try $0.planNew(goal: $1.text("goal"), answers: $1.answers()) },
    "plan.edit": { try $0.planEdit(plan: $1.text("plan"), answers: $1.answers()) },
    "plan.rate": { try $0.planRate(plan: $1.text("plan"), value: $1.text("value"), why: $1.opt("why")) },
    "plan.smaller": { try $0.planSmaller(plan: $1.text("plan"), kind: $1.word("kind"), text: $1.text("text")) },
    "plan.agree": {
        try $0.planAgree(
            plan: $1.text("plan"),
            agreeing: Agreeing(
                followUp: $1.opt("follow_up"), channel: $1.optWord("channel"), message: $1.opt("message"),
                anyway: $1.opt("anyway")
            ))
    },
    "plan.pause": {
        try $0.planPause(
            plan: $1.text("plan"), why: $1.word("why"), from: $1.opt("from"), until: $1.opt("until"))
    },
    "plan.resume": { try $0.planResume(plan: $1.text("plan")) },
    "plan.stop": { try $0.planStop(plan: $1.text("plan"), why: $1.text("why")) },
    "plan.teach_back": { try $0.planTeachBack(plan: $1.text("plan"), text: $1.text("text")) },
    "barrier.add": { try $0.barrierAdd(plan: $1.text("plan"), text: $1.text("text")) },
    "barrier.let_go": { try $0.barrierLetGo(barrier: $1.text("barrier")) },
    "idea.add": {
        try $0.ideaAdd(
            barrier: $1.text("barrier"), text: $1.text("text"), offered: $1.flag("offered"),
            asked: $1.flag("asked"))
    },
    "idea.choose": { try $0.ideaChoose(idea: $1.text("idea")) },
    "idea.result": {
        try $0.ideaResult(idea: $1.text("idea"), result: $1.word("result"), note: $1.opt("note"))
    },
    "log": { try $0.log(plan: $1.text("plan"), saying: $1.saying()) },
    "log.correct": { try $0.logCorrect(entry: $1.text("entry"), saying: $1.saying()) },
    "log.withdraw": { try $0.logWithdraw(entry: $1.text("entry")) },
    "follow_up.record": {
        try $0.followUpRecord(
            followUp: $1.text("follow_up"),
            recording: Recording(
                channel: $1.optWord("channel"), reach: $1.optWord("reach"), to: $1.opt("to"),
                well: $1.opt("well"), challenging: $1.opt("challenging"), next: $1.optWord("next")
            ))
    },
    "offer.fine": { try $0.offerFine(plan: $1.text("plan")) },
    "offer.later": { try $0.offerLater(plan: $1.text("plan"), until: $1.opt("until")) },
    "agenda.add": { try $0.agendaAdd(text: $1.text("text"), topic: $1.opt("topic")) },
    "settle": { try $0.settle(disagreement: $1.text("disagreement"), choice: $1.text("choice")) },
]

/// The queries of the command line by their names in a journey; each answers in the contract's JSON.
let queries: [String: @Sendable (Record, JourneyStep) throws -> String] = [
    "today": { try $0.todayJson(on: $1.opt("on_date")) },
    "goal.list": { record, _ in try record.goalListJson() },
    "goal.show": { try $0.goalShowJson(goal: $1.text("goal")) },
    "plan.list": { try $0.planListJson(goal: $1.opt("goal")) },
    "plan.show": { try $0.planShowJson(plan: $1.text("plan")) },
    "barrier.list": { record, _ in try record.barrierListJson() },
    "barrier.show": { try $0.barrierShowJson(barrier: $1.text("barrier")) },
    "follow_up.list": { try $0.followUpListJson(dueOnly: $1.flag("due")) },
    "follow_up.show": { try $0.followUpShowJson(followUp: $1.text("follow_up")) },
    "log.list": {
        try $0.logListJson(plan: $1.opt("plan"), from: $1.opt("from"), to: $1.opt("to"))
    },
    "progress": { try $0.progressJson(plan: $1.opt("plan")) },
    "about.show": { record, _ in try record.aboutShowJson() },
    "need.list": { record, _ in try record.needListJson() },
    "agenda.list": { record, _ in try record.agendaListJson() },
    "disagreements": { record, _ in try record.disagreementsJson() },
    "history": { record, _ in try record.historyJson() },
    "record.show": { record, _ in try record.recordShowJson() },
]

extension JourneyStep {
    fileprivate func text(_ name: String) throws -> String { try text(name: name) }
    fileprivate func opt(_ name: String) throws -> String? { try opt(name: name) }
    fileprivate func optWord(_ name: String) throws -> String? { try optWord(name: name) }
    fileprivate func optNumber(_ name: String) throws -> Int64? { try optNumber(name: name) }
    fileprivate func flag(_ name: String) -> Bool { flag(name: name) }
    fileprivate func word(_ name: String) throws -> String { try optWord(name) ?? "" }

    fileprivate func answers() throws -> Answers {
        Answers(
            what: try opt("what"), bit: try opt("bit"), when: try opt("when"),
            place: try opt("where"), often: try opt("often"), from: try opt("from"),
            review: try opt("review"), support: try opt("support"), replaces: try opt("replaces"),
            why: try opt("why")
        )
    }

    fileprivate func saying() throws -> Saying {
        Saying(
            did: try optWord("did"), on: try opt("on_date"), at: try opt("at_time"),
            amount: try opt("amount"), felt: try optNumber("felt"), why: try optWord("why"),
            note: try opt("note")
        )
    }
}
