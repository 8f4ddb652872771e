import Cairn
import CairnFake
import CairnPresent

// The conversation in the core has a `Go` of its own.
import struct CairnPresent.Go

// From the names of the shared samples to values of this shell, and back.

/// An event the samples name and this shell does not have.
struct NoSuchEvent: Swift.Error {
    let event: Json
}

/// An event a sample names, with its arguments.
struct Named {
    let event: Json
    var name: String { event["name"]?.text ?? "" }

    func text(_ key: String) throws -> String {
        guard let text = event[key]?.text else { throw NoSuchEvent(event: event) }
        return text
    }

    func number(_ key: String) throws -> Int64 {
        guard let number = event[key]?.number else { throw NoSuchEvent(event: event) }
        return number
    }
}

protocol FromSample {
    init(sample: Named) throws
}

extension PageEvent: FromSample {
    init(sample: Named) throws {
        switch sample.name {
        case "Back": self = .back
        case "Help": self = .help
        case "OpenPlace":
            guard let screen = ScreenName(rawValue: try sample.text("screen")) else {
                throw NoSuchEvent(event: sample.event)
            }
            self = .openPlace(screen: screen)
        case "ReadAloud": self = .readAloud
        case "OpenStatus": self = .openStatus
        case "OpenDisagreement": self = .openDisagreement(id: try sample.text("id"))
        case "StartAgain": self = .startAgain
        default: throw NoSuchEvent(event: sample.event)
        }
    }
}

extension TodayEvent: FromSample {
    init(sample: Named) throws {
        switch sample.name {
        case "Log": self = .log(plan: try sample.text("plan"), did: try sample.text("did"))
        case "More": self = .more(plan: try sample.text("plan"))
        case "OpenCard": self = .openCard(plan: try sample.text("plan"))
        case "OpenPlan": self = .openPlan(plan: try sample.text("plan"))
        case "OpenOffer": self = .openOffer(id: try sample.text("id"))
        case "OpenCheckIn": self = .openCheckIn(id: try sample.text("id"))
        case "ChangeEntry": self = .changeEntry(entry: try sample.text("entry"))
        case "CarryOn": self = .carryOn
        case "Rest": self = .rest
        case "OtherDay": self = .otherDay
        case "AddGoal": self = .addGoal
        default: self = .page(try PageEvent(sample: sample))
        }
    }
}

extension LogEvent: FromSample {
    init(sample: Named) throws {
        switch sample.name {
        case "PickDid": self = .pickDid(did: try sample.text("did"))
        case "PickFelt": self = .pickFelt(n: try sample.number("n"))
        case "PickReason": self = .pickReason(why: try sample.text("why"))
        case "TypeAmount": self = .typeAmount(text: try sample.text("text"))
        case "TypeNote": self = .typeNote(text: try sample.text("text"))
        case "Save": self = .save
        case "Skip": self = .skip
        default: self = .page(try PageEvent(sample: sample))
        }
    }
}

extension LogDayEvent: FromSample {
    init(sample: Named) throws {
        switch sample.name {
        case "PickPlan": self = .pickPlan(plan: try sample.text("plan"))
        case "PickDay": self = .pickDay(on: try sample.text("on"))
        case "PickDid": self = .pickDid(did: try sample.text("did"))
        default: self = .page(try PageEvent(sample: sample))
        }
    }
}

extension Go {
    /// As the samples write it.
    var named: [String: Json] {
        var fields = ["to": Json.text(to.named.rawValue)]
        switch to {
        case .planView(let plan): fields["plan"] = .text(plan)
        case .log(let entry): fields["entry"] = .text(entry)
        case .offer(let id), .followUp(let id), .disagreement(let id): fields["id"] = .text(id)
        case .today, .logDay, .rest, .goalTalk, .plain: break
        }
        return fields
    }
}

extension FakeCore.Call {
    /// As the samples write it: what is not said is left out.
    var named: Json {
        switch self {
        case .log(let plan, let saying): .list([.text("log"), .text(plan), saying.named])
        case .correct(let entry, let saying): .list([.text("correct"), .text(entry), saying.named])
        case .startAgain: .list([.text("startAgain")])
        case .keepDraft(let page, let text): .list([.text("keepDraft"), .text(page), .text(text)])
        }
    }
}

extension Saying {
    var named: Json {
        let texts = ["did": did, "on": on, "at": at, "amount": amount, "why": why, "note": note]
        var fields = texts.compactMapValues { $0.map(Json.text) }
        fields["felt"] = felt.map { .number(Double($0)) }
        return .object(fields)
    }
}

extension Json {
    /// The same without what is `null`: not given, as the samples mean it.
    var withoutNulls: Json {
        switch self {
        case .list(let list): .list(list.map(\.withoutNulls))
        case .object(let fields): .object(fields.filter { $0.value != .null }.mapValues(\.withoutNulls))
        default: self
        }
    }
}
