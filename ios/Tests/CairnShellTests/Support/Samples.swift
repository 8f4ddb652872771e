import Cairn
import Foundation

/// The samples of one screen, from `tests/samples`, which both shells read.
struct Samples<View: Decodable>: Decodable {
    let samples: [Sample]
    let behaviour: [Behaviour]

    struct Sample: Decodable {
        let name: String
        let view: View
        /// What the shell holds beside the page, by the names of the State.
        let shell: [String: Json]
    }

    struct Behaviour: Decodable {
        let name: String
        let from: String
        let after: String?
        let events: [Json]
        let calls: [Json]
        let go: [String: Json]?
        let shell: [String: Json]?
        let view: [String: Json]?
    }

    static func read(_ name: String) throws -> Samples {
        let file = checkout.appendingPathComponent("tests/samples/\(name).json")
        return try JSONDecoder().decode(Samples.self, from: Data(contentsOf: file))
    }

    func view(_ name: String) throws -> View {
        guard let sample = samples.first(where: { $0.name == name }) else { throw NoSuchSample(name: name) }
        return sample.view
    }
}

struct NoSuchSample: Swift.Error {
    let name: String
}
