import Cairn
import Foundation

/// What the bench is given in its environment.
struct Given {
    let home: String
    let plan: String
    let key: Data
    let now: Moment
    let rounds: Int

    init(_ environment: [String: String]) throws {
        func value(_ name: String) throws -> String {
            guard let value = environment["CAIRN_BENCH_\(name)"] else { throw NotGiven(name: name) }
            return value
        }
        home = try value("HOME")
        plan = try value("PLAN")
        guard let seconds = Int64(try value("NOW")) else { throw NotGiven(name: "NOW") }
        now = Moment(unixSeconds: seconds, offsetMinutes: 0)
        guard let rounds = Int(try value("ROUNDS")), rounds > 0 else { throw NotGiven(name: "ROUNDS") }
        self.rounds = rounds
        let digits = Array(try value("KEY"))
        key = Data(
            stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
    }
}

/// Something the bench needs and was not given.
struct NotGiven: Swift.Error {
    let name: String
}

/// The bench's device: a clock that stands, the given key, the system's random bytes.
final class Device: KeyVault, Clock, Entropy {
    private let given: Given

    init(_ given: Given) {
        self.given = given
    }

    func load() throws -> Data? { given.key }
    func save(key: Data) throws {}
    func now() throws -> Moment { given.now }

    func bytes(count: UInt32) throws -> Data {
        Data((0..<count).map { _ in UInt8.random(in: .min ... .max) })
    }
}
