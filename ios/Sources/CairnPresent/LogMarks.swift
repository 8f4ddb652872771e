import Cairn

extension LogPage {
    /// The reason that is picked.
    var chosenReason: String? {
        reasons.first { $0.chosen }?.why
    }

    /// The number that is picked.
    var chosenNumber: Int64? {
        felt.first { $0.chosen }?.value
    }

    /// Marks this number of the scale, and no other.
    mutating func mark(felt: Int64) {
        for index in self.felt.indices {
            self.felt[index].chosen = self.felt[index].value == felt
        }
    }

    /// Marks this reason, and no other, and shows the rest the core offers for it.
    mutating func mark(reason: String?) {
        for index in reasons.indices {
            reasons[index].chosen = reasons[index].why == reason
        }
        offerRest = reasons.first { $0.chosen }?.offerRest
    }
}

extension Saying {
    /// What is said here and is not kept yet.
    func without(_ kept: Saying) -> Saying {
        Saying(
            did: did == kept.did ? nil : did,
            amount: amount == kept.amount ? nil : amount,
            felt: felt == kept.felt ? nil : felt,
            why: why == kept.why ? nil : why,
            note: note == kept.note ? nil : note
        )
    }
}

extension String {
    /// Whether there is nothing but white space.
    var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }
}
