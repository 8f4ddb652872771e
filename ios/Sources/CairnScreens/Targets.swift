#if canImport(SwiftUI)
import CairnTokens
import SwiftUI

/// What a target looks like.
struct TargetLook {
    var fill = CairnColours.surface
    var ink = CairnColours.action
    var border = CairnColours.line
    var width = CairnMeasure.hairline

    /// The one main button of a page.
    static let main = TargetLook(fill: CairnColours.action, ink: CairnColours.onAction, border: CairnColours.action)
    /// An answer, or another button.
    static let other = TargetLook()
    /// An answer that is chosen.
    static let chosen = TargetLook(
        fill: CairnColours.actionSoft, ink: CairnColours.ink, border: CairnColours.action,
        width: CairnMeasure.chosenBorder)
}

/// Draws anything that can be tapped: as wide as there is room, and never smaller than a finger needs.
struct TargetStyle: ButtonStyle {
    let look: TargetLook

    func makeBody(configuration: Configuration) -> some View {
        let shape = RoundedRectangle(cornerRadius: CairnMeasure.corner)
        configuration.label
            .font(CairnType.label.font)
            .foregroundStyle(look.ink)
            .multilineTextAlignment(.center)
            .padding(.horizontal, CairnSpace.m)
            .padding(.vertical, CairnSpace.s)
            .frame(maxWidth: .infinity, minHeight: CairnMeasure.answerHeight)
            .background(configuration.isPressed ? CairnColours.actionSoft : look.fill, in: shape)
            .overlay(shape.strokeBorder(look.border, lineWidth: look.width))
            .contentShape(shape)
    }
}

/// A button with words, and what a screen reader says where that is more.
struct TargetButton: View {
    let words: String
    var spoken: String?
    var look = TargetLook.other
    let action: () -> Void

    var body: some View {
        Button(words, action: action)
            .buttonStyle(TargetStyle(look: look))
            .accessibilityLabel(spoken ?? words)
    }
}

/// A line that leads on, or back.
struct LinkRow: View {
    let words: String
    let action: () -> Void

    var body: some View {
        Button(words, action: action)
            .font(CairnType.label.font)
            .foregroundStyle(CairnColours.action)
            .frame(minWidth: CairnMeasure.target, minHeight: CairnMeasure.target, alignment: .leading)
            .contentShape(Rectangle())
    }
}

/// One answer of a question where one can be picked: chosen by a tick, a border and a colour, and said so.
struct Choice: View {
    let words: String
    var spoken: String?
    let chosen: Bool
    let action: () -> Void

    var body: some View {
        Button(action: action) {
            HStack(spacing: CairnSpace.s) {
                if chosen { Image(systemName: "checkmark").accessibilityHidden(true) }
                Text(words)
            }
        }
        .buttonStyle(TargetStyle(look: chosen ? .chosen : .other))
        .accessibilityLabel(spoken ?? words)
        .accessibilityAddTraits(chosen ? [.isSelected] : [])
    }
}

/// A question and what there is to choose from, said as one group.
struct ChoiceList<Content: View>: View {
    let question: String
    var shown = true
    @ViewBuilder let content: Content

    var body: some View {
        VStack(alignment: .leading, spacing: CairnSpace.s) {
            if shown { Heading(words: question) }
            VStack(spacing: CairnMeasure.targetApart) { content }
                .accessibilityElement(children: .contain)
                .accessibilityLabel(question)
        }
    }
}
#endif
