import CairnTokens
import Foundation
import Testing

@Suite("The values in code are those of the table both shells share")
struct TokenTests {
    let table: TokenTable

    init() throws { table = try TokenTable.read() }

    @Test func everyColourHasTheTablesValueInEveryScheme() {
        #expect(table.schemes == CairnScheme.allCases.map { "\($0)" })
        let inCode = CairnColours.all.map { colour in
            (colour.name, CairnScheme.allCases.map { hex(colour.colour.value(in: $0)) })
        }
        #expect(Dictionary(uniqueKeysWithValues: inCode) == table.colours)
    }

    @Test func everyTextRoleHasTheTablesStyleSizeAndWeight() {
        #expect(Set(CairnType.all.map(\.name)) == Set(table.type.keys))
        for (name, role) in CairnType.all {
            let wanted = table.type[name]
            #expect(role.style == wanted?.ios, "\(name)")
            #expect(role.size == wanted?.iosSize, "\(name)")
            #expect(role.weight == wanted?.weight, "\(name)")
        }
    }

    @Test func everyDistanceAndSizeHasTheTablesValue() {
        #expect(named(CairnSpace.all) == table.space)
        #expect(named(CairnMeasure.all) == table.measure)
        #expect(table.textScale == ["large": CairnThresholds.large, "huge": CairnThresholds.huge])
        #expect(table.motion == ["fadeMilliseconds": Double(CairnThresholds.fadeMilliseconds)])
    }

    @Test func everyPairIsAsFarApartAsTheTableSays() throws {
        let colours = Dictionary(uniqueKeysWithValues: CairnColours.all.map { ($0.name, $0.colour) })
        for pair in table.contrast {
            let text = try #require(colours[pair.of])
            let grounds = try pair.on.map { try #require(colours[$0]) }
            let least = try #require(table.leastContrast[pair.as])
            for scheme in CairnScheme.allCases {
                let lowest = grounds.map { contrast(text, $0, in: scheme) }.min() ?? 0
                let shown = (lowest * 10).rounded(.down) / 10
                #expect(shown == pair.ratio[scheme.rawValue], "\(pair.of) on \(pair.on), \(scheme)")
                #expect(lowest >= least[scheme.rawValue], "\(pair.of) on \(pair.on), \(scheme)")
            }
        }
    }

    @Test func aColourIsTakenApartIntoItsThreeParts() {
        let parts = CairnColours.stop.parts(in: .light)
        #expect(parts.red == 0x8A / 255.0)
        #expect(parts.green == 0x1F / 255.0)
        #expect(parts.blue == 0x11 / 255.0)
    }

    private func named(_ pairs: [(name: String, value: Double)]) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: pairs.map { ($0.name, $0.value) })
    }

    private func hex(_ value: UInt32) -> String {
        "#" + String(format: "%06X", value)
    }
}

/// The contrast of two colours by WCAG 2.2, 1 to 21.
private func contrast(_ one: CairnColour, _ other: CairnColour, in scheme: CairnScheme) -> Double {
    let lights = [one, other].map { luminance($0.parts(in: scheme)) }.sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
}

private func luminance(_ parts: (red: Double, green: Double, blue: Double)) -> Double {
    let linear = { (part: Double) in part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear(parts.red) + 0.7152 * linear(parts.green) + 0.0722 * linear(parts.blue)
}
