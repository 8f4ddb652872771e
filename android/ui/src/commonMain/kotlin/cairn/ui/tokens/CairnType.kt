package cairn.ui.tokens

import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.Hyphens
import androidx.compose.ui.unit.sp

/** The letters that are drawn with: the system's own, but for pictures, which need the same on every machine. */
val LocalLetters = staticCompositionLocalOf<FontFamily> { FontFamily.Default }

/** One way of writing: size and line height in sp, weight from 100 to 900. */
class Face(val size: Int, val line: Int, val weight: Int) {
    /** As Compose knows it. */
    fun style(letters: FontFamily) = TextStyle(
        fontFamily = letters,
        fontSize = size.sp,
        lineHeight = line.sp,
        fontWeight = FontWeight(weight),
        hyphens = Hyphens.None, // names and goal words never hyphenate
    )

    /** As Compose knows it, in the letters that are drawn with. */
    val here: TextStyle
        @Composable get() = style(LocalLetters.current)
}

/** Every way of writing there is. Nothing is smaller than [small]. */
object CairnType {
    /** The page's question, once a page. */
    val title = Face(28, 36, 600)
    /** Headings of cards and sections. */
    val heading = Face(22, 30, 600)
    /** All else. */
    val body = Face(18, 27, 400)
    /** Buttons, answers, the places bar. */
    val label = Face(18, 24, 600)
    /** Second lines only. */
    val small = Face(16, 24, 400)
}

/** How large text is, as far as the layout changes with it. */
enum class TextSize { Usual, Large, Huge }

/** From here pairs of buttons stack and a value goes under its label. */
const val LARGE_TEXT = 1.3f

/** From here nothing stays at the page's edge: buttons and places scroll at its end. */
const val HUGE_TEXT = 1.6f

/** How large text is here. */
@Composable
fun textSize(): TextSize = LocalDensity.current.fontScale.let {
    when {
        it >= HUGE_TEXT -> TextSize.Huge
        it >= LARGE_TEXT -> TextSize.Large
        else -> TextSize.Usual
    }
}
