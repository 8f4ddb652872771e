#if canImport(SwiftUI)
import Cairn
import CairnTokens
import SwiftUI

/// A scale of numbers under the words of their bands; nothing on it is marked but what is picked.
struct Scale: View {
    let question: String
    let cells: [ScaleCell]
    let pick: (Int64) -> Void

    private let columns = Array(repeating: GridItem(.flexible(), spacing: CairnMeasure.targetApart), count: 4)

    var body: some View {
        ChoiceList(question: question) {
            ForEach(bands, id: \.first?.value) { band in
                VStack(alignment: .leading, spacing: CairnSpace.xs) {
                    if let words = band.first?.band { SecondLine(words: words) }
                    LazyVGrid(columns: columns, spacing: CairnMeasure.targetApart) {
                        ForEach(band, id: \.value) { cell in
                            Choice(words: cell.value.formatted(), spoken: cell.spoken, chosen: cell.chosen) {
                                pick(cell.value)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The cells under the band each belongs to: a cell with a band's words begins it.
    private var bands: [[ScaleCell]] {
        cells.reduce(into: []) { bands, cell in
            if cell.band != nil || bands.isEmpty {
                bands.append([cell])
            } else {
                bands[bands.count - 1].append(cell)
            }
        }
    }
}

/// A box to write in, under its question, which stays visible and is the box's label.
struct TextBox: View {
    let question: String
    let lines: Int
    let text: String
    let type: (String) -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: CairnSpace.s) {
            Text(question).font(CairnType.label.font).foregroundStyle(CairnColours.ink).accessibilityHidden(true)
            TextField("", text: Binding(get: { text }, set: type), axis: .vertical)
                .lineLimit(lines...)
                .font(CairnType.body.font)
                .foregroundStyle(CairnColours.ink)
                .padding(CairnSpace.m)
                .frame(minHeight: CairnMeasure.answerHeight)
                .background(CairnColours.surface, in: shape)
                .overlay(shape.strokeBorder(CairnColours.line, lineWidth: CairnMeasure.hairline))
                .accessibilityLabel(question)
        }
    }

    private var shape: RoundedRectangle {
        RoundedRectangle(cornerRadius: CairnMeasure.corner)
    }
}
#endif
