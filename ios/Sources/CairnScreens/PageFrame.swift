#if canImport(SwiftUI)
import Cairn
import CairnPresent
import CairnTokens
import SwiftUI

/// The frame of every page: Back and Help, the title, what is common to all, then the page's own; the places last.
///
/// `place` is the place this page is, where it is one; a place has no Back. `over` is a line above the title.
struct PageFrame<Content: View>: View {
    let page: PageView
    let reach: Reach
    var place: ScreenName?
    var over: String?
    let send: (PageEvent) -> Void
    @ViewBuilder let content: Content

    var body: some View {
        BySize { size in
            VStack(spacing: 0) {
                ScrollView {
                    VStack(alignment: .leading, spacing: CairnSpace.m) {
                        Top(reach: reach, isPlace: place != nil, over: over, send: send)
                        Title(words: page.title)
                        Common(page: page, reach: reach, send: send)
                        content
                        if size == .huge { Places(reach: reach, here: place, upright: true, send: send) }
                    }
                    .frame(maxWidth: CairnMeasure.readingWidth, alignment: .leading)
                    .padding(.horizontal, CairnMeasure.pageMargin)
                    .padding(.vertical, CairnSpace.l)
                    .frame(maxWidth: .infinity)
                }
                if size != .huge { Places(reach: reach, here: place, upright: false, send: send) }
            }
            .background(CairnColours.ground)
        }
    }
}

/// Back and Help, at the same places on every page. Either is there only where it leads somewhere.
private struct Top: View {
    @Environment(\.words) private var words
    let reach: Reach
    let isPlace: Bool
    let over: String?
    let send: (PageEvent) -> Void

    var body: some View {
        HStack(alignment: .firstTextBaseline) {
            if !isPlace { LinkRow(words: words("page-back")) { send(.back) } }
            if let over { SecondLine(words: over) }
            Spacer(minLength: CairnSpace.s)
            if reach.contains(.help) { LinkRow(words: words("page-help")) { send(.help) } }
        }
    }
}

/// The page's one title. It has the focus when the person arrives, so that it is read first.
private struct Title: View {
    @AccessibilityFocusState private var focused: Bool
    private let words: String

    init(words: String) {
        self.words = words
    }

    var body: some View {
        Text(words)
            .font(CairnType.title.font)
            .foregroundStyle(CairnColours.ink)
            .accessibilityAddTraits(.isHeader)
            .accessibilityFocused($focused)
            .onAppear { focused = true }
    }
}

/// What stands on every page under the title.
private struct Common: View {
    @Environment(\.words) private var words
    let page: PageView
    let reach: Reach
    let send: (PageEvent) -> Void

    var body: some View {
        if let problem = page.problem {
            Notice(words: problem.words, tone: .notice).announced(problem.words)
        }
        ForEach(page.needs, id: \.code) { need in Notice(words: need.words, tone: .notice) }
        if let sent = page.sent.words {
            Notice(words: sent, tone: .wait, action: reach.contains(.status) ? { send(.openStatus) } : nil)
        }
        if let rest = page.paused {
            Notice(words: rest.words, tone: .wait)
            TargetButton(words: words("rest-start-again")) { send(.startAgain) }
        }
        ForEach(page.disagreements, id: \.id) { line in
            let open = { send(.openDisagreement(id: line.id)) }
            Notice(words: line.words, tone: .notice, action: reach.contains(.disagreement) ? open : nil)
        }
    }
}

/// The places there are.
private struct Places: View {
    @Environment(\.words) private var words
    let reach: Reach
    let here: ScreenName?
    let upright: Bool
    let send: (PageEvent) -> Void

    var body: some View {
        let layout =
            upright
            ? AnyLayout(VStackLayout(spacing: CairnMeasure.targetApart))
            : AnyLayout(HStackLayout(spacing: CairnMeasure.targetApart))
        layout {
            ForEach(reach.places, id: \.self) { place in
                Choice(words: words(place.key), chosen: place == here) { send(.openPlace(screen: place)) }
            }
        }
        .padding(CairnSpace.s)
        .background(CairnColours.surface)
    }
}

extension ScreenName {
    /// The catalogue's key of a place's name.
    fileprivate var key: String {
        switch self {
        case .goals: "place-goals"
        case .more: "place-more"
        default: "place-today"
        }
    }
}

extension View {
    /// Says a sentence once when it comes.
    func announced(_ words: String) -> some View {
        onAppear { AccessibilityNotification.Announcement(words).post() }
            .onChange(of: words) { _, words in AccessibilityNotification.Announcement(words).post() }
    }
}
#endif
