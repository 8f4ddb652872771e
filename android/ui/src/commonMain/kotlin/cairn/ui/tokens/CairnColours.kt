package cairn.ui.tokens

import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.Color

/** The four sets of colours, in the order of `tests/tokens.json`. */
enum class Scheme(val isDark: Boolean, val isHighContrast: Boolean) {
    Light(false, false), Dark(true, false), HighContrastLight(false, true), HighContrastDark(true, true);

    companion object {
        /** The set for what the system asks for. */
        fun of(dark: Boolean, highContrast: Boolean) = entries.single { it.isDark == dark && it.isHighContrast == highContrast }
    }
}

/** The set that is drawn in. */
val LocalScheme = staticCompositionLocalOf { Scheme.Light }

/** One colour in every set, each as RRGGBB. */
class Shades(light: Int, dark: Int, highContrastLight: Int, highContrastDark: Int) {
    private val all = listOf(light, dark, highContrastLight, highContrastDark)

    /** The colour in this set. */
    fun within(scheme: Scheme) = Color(all[scheme.ordinal] or OPAQUE)

    /** The colour in the set that is drawn in. */
    val here: Color
        @Composable get() = within(LocalScheme.current)

    private companion object {
        const val OPAQUE = 0xFF shl 24
    }
}

/**
 * Every colour there is. The same names and values stand in Swift; `tests/tokens.json` is the table both are compared with.
 * Wallpaper colours are never mixed in: their contrast is not known.
 */
object CairnColours {
    /** The page. */
    val ground = Shades(0xF6F4EF, 0x101614, 0xFFFFFF, 0x000000)
    /** A card, with a border and no shadow. */
    val surface = Shades(0xFFFFFF, 0x1A221F, 0xFFFFFF, 0x000000)
    /** All text. */
    val ink = Shades(0x1B2420, 0xF1F4F1, 0x000000, 0xFFFFFF)
    /** Second lines, on [ground] and [surface] only. */
    val quiet = Shades(0x43504A, 0xC3CEC8, 0x000000, 0xFFFFFF)
    /** Buttons, links, the mark of what is chosen. Not on [notice]. */
    val action = Shades(0x00504C, 0x7FD6CC, 0x003330, 0xA8F0E6)
    /** Words on [action]. */
    val onAction = Shades(0xFFFFFF, 0x00302D, 0xFFFFFF, 0x000000)
    /** A chosen answer; always with a tick and an [action] border too. */
    val actionSoft = Shades(0xDCEBE9, 0x123836, 0xFFFFFF, 0x000000)
    /** Borders of answers and boxes. */
    val line = Shades(0x5F6963, 0x8C9A93, 0x000000, 0xFFFFFF)
    /** Decoration only. */
    val hair = Shades(0xC9CFCB, 0x3A4640, 0x000000, 0xFFFFFF)
    /** Something to look at: an offer, answers that do not match, a need. */
    val notice = Shades(0xFFF1CC, 0x4A3A10, 0xFFFFFF, 0x000000)
    /** Words on [notice]. */
    val onNotice = Shades(0x4A3200, 0xFFE9B0, 0x000000, 0xFFFFFF)
    /** Not sent yet, resting. */
    val wait = Shades(0xE6ECF7, 0x1F2F4D, 0xFFFFFF, 0x000000)
    /** Words on [wait]. */
    val onWait = Shades(0x1D3663, 0xD6E2FA, 0x000000, 0xFFFFFF)
    /** Erase, and "Check this:". Never for what a person did or did not do. */
    val stop = Shades(0x8A1F11, 0xFFB4A6, 0x6B0F05, 0xFFD0C6)
    /** Words on [stop]. */
    val onStop = Shades(0xFFFFFF, 0x4A0D05, 0xFFFFFF, 0x000000)
    /** The outer ring round what has the keyboard. */
    val focusRing = Shades(0xFFD84D, 0xFFD84D, 0xFFD84D, 0xFFD84D)
    /** The inner, dark ring round what has the keyboard. */
    val focusEdge = Shades(0x1B2420, 0x101614, 0x1B2420, 0x101614)
    /** First marks of a chart. */
    val chartA = Shades(0x00504C, 0x7FD6CC, 0x003330, 0xA8F0E6)
    /** Second marks of a chart. */
    val chartB = Shades(0x8A5A00, 0xF0C060, 0x5C3B00, 0xFFDD8A)
    /** The band of a flare under a chart; always hatched, and with its word. */
    val flare = Shades(0xE3DCEF, 0x3B3152, 0xE3DCEF, 0x3B3152)
}
