import Foundation

/// `tests/tokens.json`, as far as Swift needs it.
struct TokenTable: Decodable {
    let schemes: [String]
    let colours: [String: [String]]
    let leastContrast: [String: [Double]]
    let contrast: [Pair]
    let type: [String: Role]
    let space: [String: Double]
    let measure: [String: Double]
    let textScale: [String: Double]
    let motion: [String: Double]

    struct Pair: Decodable {
        let of: String
        let on: [String]
        let `as`: String
        let ratio: [Double]
    }

    struct Role: Decodable {
        let weight: Int
        let ios: String
        let iosSize: Double
    }

    static func read() throws -> TokenTable {
        let here = URL(fileURLWithPath: #filePath)
        let checkout = here.deletingLastPathComponent().appendingPathComponent("../../..").standardized
        let table = checkout.appendingPathComponent("tests/tokens.json")
        return try JSONDecoder().decode(TokenTable.self, from: Data(contentsOf: table))
    }
}
