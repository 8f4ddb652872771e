#if canImport(SwiftUI)
import CairnTokens
import SwiftUI

/// The heading of a card or a section.
struct Heading: View {
    let words: String

    var body: some View {
        Text(words).font(CairnType.heading.font).foregroundStyle(CairnColours.ink).accessibilityAddTraits(.isHeader)
    }
}

/// Words on the page.
struct BodyLine: View {
    let words: String

    var body: some View {
        Text(words).font(CairnType.body.font).foregroundStyle(CairnColours.ink)
    }
}

/// A second line.
struct SecondLine: View {
    let words: String

    var body: some View {
        Text(words).font(CairnType.small.font).foregroundStyle(CairnColours.quiet)
    }
}

/// One thing on a page, with a border and no shadow.
struct Card<Content: View>: View {
    @Environment(\.colorSchemeContrast) private var contrast
    @ViewBuilder let content: Content

    var body: some View {
        VStack(alignment: .leading, spacing: CairnSpace.s) { content }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(CairnSpace.l)
            .background(CairnColours.surface, in: shape)
            .overlay(shape.strokeBorder(CairnColours.hair, lineWidth: CairnMeasure.edge(contrast)))
            .accessibilityElement(children: .contain)
    }

    private var shape: RoundedRectangle {
        RoundedRectangle(cornerRadius: CairnMeasure.cardCorner)
    }
}

extension CairnMeasure {
    /// A border's width.
    static func edge(_ contrast: ColorSchemeContrast) -> Double {
        contrast == .increased ? hairlineHighContrast : hairline
    }
}

/// What a notice is about.
enum Tone {
    /// Something to look at.
    case notice
    /// Something that waits.
    case wait

    var fill: CairnColour { self == .notice ? CairnColours.notice : CairnColours.wait }
    var ink: CairnColour { self == .notice ? CairnColours.onNotice : CairnColours.onWait }
    /// A drawing beside the words; never instead of them.
    var drawing: String { self == .notice ? "exclamationmark.circle" : "clock" }
}

/// A line with its drawing, for something that is so. With an action the whole line leads on.
struct Notice: View {
    @Environment(\.colorSchemeContrast) private var contrast
    let words: String
    let tone: Tone
    var action: (() -> Void)?

    var body: some View {
        if let action {
            Button(action: action) { line }.buttonStyle(.plain)
        } else {
            line.accessibilityElement(children: .combine)
        }
    }

    private var line: some View {
        HStack(spacing: CairnSpace.s) {
            Image(systemName: tone.drawing).accessibilityHidden(true)
            Text(words).frame(maxWidth: .infinity, alignment: .leading)
            if action != nil { Image(systemName: "chevron.forward").accessibilityHidden(true) }
        }
        .font(CairnType.body.font)
        .foregroundStyle(tone.ink)
        .padding(CairnSpace.m)
        .frame(minHeight: CairnMeasure.target)
        .background(tone.fill, in: shape)
        .overlay(shape.strokeBorder(tone.ink, lineWidth: CairnMeasure.edge(contrast)))
    }

    private var shape: RoundedRectangle {
        RoundedRectangle(cornerRadius: CairnMeasure.corner)
    }
}
#endif
