#if canImport(SwiftUI)
import CairnTokens
import SwiftUI

/// Says static words of the catalogue.
public struct Words: Sendable {
    private let say: @Sendable (String) -> String

    /// Words said by this, which asks the core.
    public init(_ say: @escaping @Sendable (String) -> String) {
        self.say = say
    }

    func callAsFunction(_ key: String) -> String {
        say(key)
    }
}

extension EnvironmentValues {
    private struct WordsKey: EnvironmentKey {
        static let defaultValue = Words { "[\($0)]" }
    }

    /// The words in the language chosen.
    public var words: Words {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }

    /// The colours to show, by the phone's two settings.
    var scheme: CairnScheme {
        CairnScheme(dark: colorScheme == .dark, highContrast: colorSchemeContrast == .increased)
    }
}

extension CairnColour: ShapeStyle {
    /// The colour of this token, in the scheme of where it is shown.
    public func resolve(in environment: EnvironmentValues) -> Color {
        let parts = parts(in: environment.scheme)
        return Color(.sRGB, red: parts.red, green: parts.green, blue: parts.blue)
    }
}

extension CairnTextRole {
    /// Apple's text style of this role, so that its own curve for large text applies.
    var font: Font {
        let fonts: [CairnTextRole: Font] = [
            CairnType.title: .title, CairnType.heading: .title2, CairnType.body: .body, CairnType.label: .headline,
            CairnType.small: .callout,
        ]
        return (fonts[self] ?? .body).weight(self == CairnType.body || self == CairnType.small ? .regular : .semibold)
    }
}

/// How large text is, for the layout.
enum TextSize {
    case usual, large, huge

    init(scale: Double) {
        self = scale >= CairnThresholds.huge ? .huge : scale >= CairnThresholds.large ? .large : .usual
    }
}

/// Lays out by how large text is.
struct BySize<Content: View>: View {
    @ScaledMetric(relativeTo: .body) private var scale = 1.0
    private let content: (TextSize) -> Content

    init(@ViewBuilder content: @escaping (TextSize) -> Content) {
        self.content = content
    }

    var body: some View {
        content(TextSize(scale: scale))
    }
}
#endif
