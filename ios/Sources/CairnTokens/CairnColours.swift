/// The colours of both shells, by the names of `tests/tokens.json`.
public enum CairnColours {
    /// The page.
    public static let ground = CairnColour(0xF6F4EF, 0x101614, 0xFFFFFF, 0x000000)
    /// A card, with a border in `hair` and no shadow.
    public static let surface = CairnColour(0xFFFFFF, 0x1A221F, 0xFFFFFF, 0x000000)
    /// All text.
    public static let ink = CairnColour(0x1B2420, 0xF1F4F1, 0x000000, 0xFFFFFF)
    /// Second lines, on `ground` and `surface` only.
    public static let quiet = CairnColour(0x43504A, 0xC3CEC8, 0x000000, 0xFFFFFF)
    /// Buttons, links and the mark of a chosen answer; never on `notice`.
    public static let action = CairnColour(0x00504C, 0x7FD6CC, 0x003330, 0xA8F0E6)
    /// Words on `action`.
    public static let onAction = CairnColour(0xFFFFFF, 0x00302D, 0xFFFFFF, 0x000000)
    /// A chosen answer; always with a tick and a border in `action` too.
    public static let actionSoft = CairnColour(0xDCEBE9, 0x123836, 0xFFFFFF, 0x000000)
    /// Borders of answers and boxes, and the hatching on `flare`.
    public static let line = CairnColour(0x5F6963, 0x8C9A93, 0x000000, 0xFFFFFF)
    /// Decoration only.
    public static let hair = CairnColour(0xC9CFCB, 0x3A4640, 0x000000, 0xFFFFFF)
    /// Something to look at.
    public static let notice = CairnColour(0xFFF1CC, 0x4A3A10, 0xFFFFFF, 0x000000)
    /// Words on `notice`.
    public static let onNotice = CairnColour(0x4A3200, 0xFFE9B0, 0x000000, 0xFFFFFF)
    /// Not sent yet, or resting.
    public static let wait = CairnColour(0xE6ECF7, 0x1F2F4D, 0xFFFFFF, 0x000000)
    /// Words on `wait`.
    public static let onWait = CairnColour(0x1D3663, 0xD6E2FA, 0x000000, 0xFFFFFF)
    /// Erasing, and something to check; never for what a person did or did not do.
    public static let stop = CairnColour(0x8A1F11, 0xFFB4A6, 0x6B0F05, 0xFFD0C6)
    /// Words on `stop`.
    public static let onStop = CairnColour(0xFFFFFF, 0x4A0D05, 0xFFFFFF, 0x000000)
    /// The outer ring around what has the focus.
    public static let focusRing = CairnColour(0xFFD84D, 0xFFD84D, 0xFFD84D, 0xFFD84D)
    /// The inner ring around what has the focus.
    public static let focusEdge = CairnColour(0x1B2420, 0x101614, 0x1B2420, 0x101614)
    /// Marks of a chart, never text.
    public static let chartA = CairnColour(0x00504C, 0x7FD6CC, 0x003330, 0xA8F0E6)
    /// Other marks of a chart, never text.
    public static let chartB = CairnColour(0x8A5A00, 0xF0C060, 0x5C3B00, 0xFFDD8A)
    /// The band of a flare under a chart; always with hatching and its word.
    public static let flare = CairnColour(0xE3DCEF, 0x3B3152, 0xE3DCEF, 0x3B3152)

    /// Every colour by its name, as the table has them.
    public static let all: [(name: String, colour: CairnColour)] = [
        ("ground", ground),
        ("surface", surface),
        ("ink", ink),
        ("quiet", quiet),
        ("action", action),
        ("onAction", onAction),
        ("actionSoft", actionSoft),
        ("line", line),
        ("hair", hair),
        ("notice", notice),
        ("onNotice", onNotice),
        ("wait", wait),
        ("onWait", onWait),
        ("stop", stop),
        ("onStop", onStop),
        ("focusRing", focusRing),
        ("focusEdge", focusEdge),
        ("chartA", chartA),
        ("chartB", chartB),
        ("flare", flare),
    ]
}
