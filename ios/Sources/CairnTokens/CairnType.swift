/// One role of text. On iOS the text style decides the size, so that Apple's own curve for large text applies.
public struct CairnTextRole: Hashable, Sendable {
    /// Apple's text style, by its name in SwiftUI.
    public let style: String
    /// The size of that style at the usual setting, in points.
    public let size: Double
    /// The weight, 400 or 600.
    public let weight: Int

    init(_ style: String, size: Double, weight: Int) {
        self.style = style
        self.size = size
        self.weight = weight
    }
}

/// The text roles of both shells, by the names of `tests/tokens.json`. Nothing is smaller than `small`.
public enum CairnType {
    /// The page's question: one for each page, marked as a heading.
    public static let title = CairnTextRole("title", size: 28, weight: 600)
    /// A card or a section.
    public static let heading = CairnTextRole("title2", size: 22, weight: 600)
    /// All else.
    public static let body = CairnTextRole("body", size: 17, weight: 400)
    /// Buttons, answers, the places bar.
    public static let label = CairnTextRole("headline", size: 17, weight: 600)
    /// Second lines only, in `quiet`.
    public static let small = CairnTextRole("callout", size: 16, weight: 400)

    /// Every role by its name, as the table has them.
    public static let all: [(name: String, role: CairnTextRole)] = [
        ("title", title),
        ("heading", heading),
        ("body", body),
        ("label", label),
        ("small", small),
    ]
}
