// The Swift half of `cargo xtask bench-border`: what reading today and keeping an answer cost from here. What it is given
// and what it prints is said in xtask/src/bench_border.rs.
import Cairn
import Foundation

let given = try Given(ProcessInfo.processInfo.environment)
let device = Device(given)
let record = try Profile.open(
    folder: given.home, keyVault: device, clock: device, entropy: device, language: .en
).own()

func today() throws {
    _ = try record.today()
}

func log() throws {
    _ = try record.log(plan: given.plan, saying: Saying(did: "did"))
}

_ = try median(of: given.rounds / 10 + 1, today)
print("today \(try median(of: given.rounds, today))")
_ = try median(of: given.rounds / 10 + 1, log)
print("log \(try median(of: given.rounds, log))")

/// The median of the nanoseconds a call takes.
func median(of rounds: Int, _ call: () throws -> Void) rethrows -> Int64 {
    let clock = ContinuousClock()
    let taken = try (0..<rounds).map { _ in
        let (seconds, attoseconds) = try clock.measure(call).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
    return taken.sorted()[rounds / 2]
}
