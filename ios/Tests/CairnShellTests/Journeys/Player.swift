import Cairn
import Foundation

/// Where a journey did not go as it says.
struct Departure: Swift.Error {
    /// The step, counted from 1.
    let step: UInt32
    let why: String
}

/// Plays a journey of devices that do not meet: each step over the border to the real library. Whether it went as the
/// step says is judged in the library, as for the command line.
final class Player {
    private let journey: Journey
    private var devices: [String: Device] = [:]

    private struct Device {
        let home: Home
        let profile: Profile
    }

    /// A player of the journey in this file of the checkout, its devices made.
    init(_ path: String) throws {
        let text = try String(contentsOf: checkout.appendingPathComponent(path), encoding: .utf8)
        journey = try Journey.read(text: text)
        for (index, given) in journey.devices().enumerated() {
            let home = try Home(at: given.madeAt, seed: UInt64(index))
            let new = NewProfile(
                name: given.name, role: given.role, title: given.title, born: given.born, zone: given.zone)
            devices[given.id] = Device(home: home, profile: try home.create(new))
        }
    }

    /// Plays every step; throws a `Departure` at the first that is not as it says. How many steps there were.
    @discardableResult
    func play() throws -> UInt32 {
        for number in 0..<journey.count() {
            let step = try journey.step(number: number)
            if let why = try play(step) { throw Departure(step: number + 1, why: why) }
        }
        return journey.count()
    }

    /// Plays a step: nothing, or why it is not as it says.
    private func play(_ step: JourneyStep) throws -> String? {
        guard let device = devices[step.device()] else { return "there is no such device" }
        device.home.clock.set(to: step.at())
        if step.name() == "crash" {
            let home = try device.home.asKilled()
            devices[step.device()] = Device(home: home, profile: try home.open())
            return nil
        }
        let own = try device.profile.own()
        let record = step.isForPerson() ? own.forPerson() : own
        do {
            if let query = queries[step.name()] {
                return try journey.judgeAnswer(step: step, answer: try query(record, step))
            }
            guard let act = acts[step.name()] else { return "\(step.name()) cannot be played here" }
            return journey.judgeDone(step: step, id: try act(record, step))
        } catch let error as Cairn.Error {
            return journey.judgeRefused(step: step, error: error)
        }
    }
}
