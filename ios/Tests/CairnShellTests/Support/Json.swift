import Foundation

/// A value of a JSON file whose shape differs from case to case.
enum Json: Decodable, Equatable, Sendable {
    case null
    case text(String)
    case number(Double)
    case truth(Bool)
    case list([Json])
    case object([String: Json])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let truth = try? value.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Json].self))
        }
    }

    subscript(key: String) -> Json? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    /// The words, if it is words.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The whole number, if it is one.
    var number: Int64? {
        if case .number(let number) = self { Int64(exactly: number) } else { nil }
    }

    /// The items; none if it is no list.
    var list: [Json] {
        if case .list(let list) = self { list } else { [] }
    }

    /// The fields; none if it is no object.
    var fields: [String: Json] {
        if case .object(let fields) = self { fields } else { [:] }
    }
}

/// The checkout this file is in.
let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../..").standardized
