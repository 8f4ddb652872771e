import Cairn

// Pages that could not be read: nothing on them but a title, and what is the matter on top.

extension PageView {
    static func blank(title: String) -> PageView {
        PageView(
            title: title, sent: SentView(waiting: 0, words: nil), needs: [], paused: nil, disagreements: [],
            practice: false, problem: nil
        )
    }
}

extension TodayPage {
    static func blank(title: String) -> TodayPage {
        TodayPage(
            page: .blank(title: title), date: "", greeting: title, cards: [], empty: nil, checkIns: [], offers: [],
            carryOn: nil
        )
    }
}

extension LogPage {
    static func blank(title: String) -> LogPage {
        LogPage(
            page: .blank(title: title), plan: "", what: "", on: "", onWords: "", answers: [], did: nil, amount: nil,
            feltQuestion: "", felt: [], whyQuestion: nil, reasons: [], note: nil, draft: nil, draftPage: "",
            corrects: [], correctsWords: nil, offerRest: nil, help: ""
        )
    }
}

extension LogDayPage {
    static func blank(title: String) -> LogDayPage {
        LogDayPage(page: .blank(title: title), plans: [], days: [], answers: [], last: "", empty: nil)
    }
}
