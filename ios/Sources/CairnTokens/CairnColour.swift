/// Which of the four tables of values is shown.
public enum CairnScheme: Int, CaseIterable, Sendable {
    case light
    case dark
    case highContrastLight
    case highContrastDark

    /// The scheme of a phone's two settings.
    public init(dark: Bool, highContrast: Bool) {
        switch (dark, highContrast) {
        case (false, false): self = .light
        case (true, false): self = .dark
        case (false, true): self = .highContrastLight
        case (true, true): self = .highContrastDark
        }
    }
}

/// One colour, with a value for each scheme. Values are sRGB, 0xRRGGBB; there is no transparency, so that contrast is
/// known.
public struct CairnColour: Equatable, Sendable {
    private let values: [UInt32]

    init(_ light: UInt32, _ dark: UInt32, _ highContrastLight: UInt32, _ highContrastDark: UInt32) {
        values = [light, dark, highContrastLight, highContrastDark]
    }

    /// The value in a scheme, 0xRRGGBB.
    public func value(in scheme: CairnScheme) -> UInt32 {
        values[scheme.rawValue]
    }

    /// Red, green and blue in a scheme, each 0 to 1.
    public func parts(in scheme: CairnScheme) -> (red: Double, green: Double, blue: Double) {
        let value = value(in: scheme)
        let part = { (shift: UInt32) in Double((value >> shift) & 0xFF) / 255 }
        return (part(16), part(8), part(0))
    }
}
