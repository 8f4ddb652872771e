#if canImport(SwiftUI)
import CairnPresent
import CairnTokens
import SwiftUI

/// The screens there are, one at a time: where a presenter says to go, the page of that screen takes its place.
public struct ShellView: View {
    @State private var screen = Screen.today
    private let core: any CairnCore
    private let around: Surroundings

    /// The shell over one person's record.
    public init(core: any CairnCore, around: Surroundings) {
        self.core = core
        self.around = around
    }

    public var body: some View {
        page.id(screen).environment(\.words, Words { [core] in core.words($0) })
    }

    @ViewBuilder private var page: some View {
        switch screen {
        case .log(let entry):
            Presented(LogPresenter(core: core, around: around, entry: entry), go: go) {
                LogView(state: $0, send: $1)
            }
        case .logDay:
            Presented(LogDayPresenter(core: core, around: around), go: go) { LogDayView(state: $0, send: $1) }
        default:
            Presented(TodayPresenter(core: core, around: around), go: go) { TodayView(state: $0, send: $1) }
        }
    }

    private func go(_ go: Go) {
        screen = go.to
    }
}

/// A presenter at work while its page is shown.
private struct Presented<P: Presenter, Page: View>: View {
    @Environment(\.words) private var words
    @State private var presenter: P
    private let go: (Go) -> Void
    private let page: (P.State, @escaping (P.Event) -> Void) -> Page

    init(
        _ presenter: P, go: @escaping (Go) -> Void,
        @ViewBuilder page: @escaping (P.State, @escaping (P.Event) -> Void) -> Page
    ) {
        _presenter = State(initialValue: presenter)
        self.go = go
        self.page = page
    }

    var body: some View {
        Group {
            if let state = presenter.state {
                page(state) { presenter.send($0) }
            } else {
                BodyLine(words: words("page-opening"))
            }
        }
        .task { await presenter.begin() }
        .task { for await to in presenter.goes { go(to) } }
    }
}
#endif
