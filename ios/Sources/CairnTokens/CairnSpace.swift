/// Distances in points, by the names of `tests/tokens.json`.
public enum CairnSpace {
    /// 4
    public static let xs = 4.0
    /// 8
    public static let s = 8.0
    /// 12
    public static let m = 12.0
    /// 16
    public static let l = 16.0
    /// 24
    public static let xl = 24.0
    /// 32
    public static let xxl = 32.0
    /// 48
    public static let xxxl = 48.0

    /// Every distance by its name, as the table has them.
    public static let all: [(name: String, value: Double)] = [
        ("xs", xs), ("s", s), ("m", m), ("l", l), ("xl", xl), ("xxl", xxl), ("xxxl", xxxl),
    ]
}

/// Sizes in points, by the names of `tests/tokens.json`.
public enum CairnMeasure {
    /// Left and right of a page.
    public static let pageMargin = 16.0
    /// The same on a wide window.
    public static let pageMarginWide = 24.0
    /// From this width on a window is wide.
    public static let wideFrom = 600.0
    /// From this width on a list and what it leads to stand side by side.
    public static let twoPanesFrom = 720.0
    /// The width of that list.
    public static let listPane = 320.0
    /// A line of text is never wider.
    public static let readingWidth = 560.0
    /// The corner of a button or an answer.
    public static let corner = 8.0
    /// The corner of a card.
    public static let cardCorner = 12.0
    /// Nothing that can be tapped is smaller, either way.
    public static let target = 48.0
    /// Between two things that can be tapped.
    public static let targetApart = 8.0
    /// An answer or a main button is never lower.
    public static let answerHeight = 56.0
    /// A drawing beside words.
    public static let icon = 24.0
    /// A card's border.
    public static let hairline = 1.0
    /// A card's border in high contrast.
    public static let hairlineHighContrast = 2.0
    /// The border of a chosen answer.
    public static let chosenBorder = 3.0
    /// Each of the two rings of the focus.
    public static let focusRing = 3.0

    /// Every size by its name, as the table has them.
    public static let all: [(name: String, value: Double)] = [
        ("pageMargin", pageMargin), ("pageMarginWide", pageMarginWide), ("wideFrom", wideFrom),
        ("twoPanesFrom", twoPanesFrom), ("listPane", listPane), ("readingWidth", readingWidth),
        ("corner", corner), ("cardCorner", cardCorner), ("target", target), ("targetApart", targetApart),
        ("answerHeight", answerHeight), ("icon", icon), ("hairline", hairline),
        ("hairlineHighContrast", hairlineHighContrast), ("chosenBorder", chosenBorder), ("focusRing", focusRing),
    ]
}

/// From which scale of text on a page is laid out otherwise, and how long a fade may take.
public enum CairnThresholds {
    /// From here pairs of buttons stack and values go under their labels.
    public static let large = 1.3
    /// From here nothing stays at a fixed edge.
    public static let huge = 1.6
    /// The longest fade, in milliseconds; none where the phone asks for less motion.
    public static let fadeMilliseconds = 150
}
