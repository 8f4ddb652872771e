@testable import CairnPresent

extension PagePresenter {
    /// Opens the page, sends these events, and lets all of them happen. Where it went.
    @discardableResult
    func play(_ events: Event..., whenOpen: () async -> Void = {}) async -> [Go] {
        await play(all: events, whenOpen: whenOpen)
    }

    /// The same with a list.
    func play(all events: [Event], whenOpen: () async -> Void = {}) async -> [Go] {
        let taking = Task { await self.begin() }
        while state == nil { await Task.yield() }
        await whenOpen()
        for event in events { send(event) }
        desk.arriving.finish()
        await taking.value
        desk.going.finish()
        var gone: [Go] = []
        for await go in goes { gone.append(go) }
        return gone
    }
}
