package cairn.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import cairn.core.Lang
import cairn.present.Reach
import cairn.present.samples.PseudoLocale
import cairn.present.samples.Samples
import cairn.ui.log.LogDayView
import cairn.ui.log.LogView
import cairn.ui.parts.Words
import cairn.ui.today.TodayView
import java.io.File

/** One sample of one screen, ready to be drawn; [page] is what its page must say. */
class Drawn(val screen: String, val sample: String, val page: cairn.core.PageView, val saved: String?, val view: @Composable () -> Unit) {
    override fun toString() = "$screen, $sample"
}

/** The letters of pictures and tests: Roboto, as most phones have it, from Debian's package. */
val fixedLetters: FontFamily = File("/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF").let { folder ->
    // There is no half-bold cut of this Roboto; a phone takes the nearest too.
    FontFamily(
        Font(folder.resolve("Roboto-Regular.ttf"), FontWeight.Normal),
        Font(folder.resolve("Roboto-Bold.ttf"), FontWeight.SemiBold),
    )
}

/** Words of the catalogue, from the real library. */
val english: Words = { cairn.words(Lang.EN, it) }

/** Every sample of every screen, in English or in the language nobody speaks. */
fun everySample(reach: Reach, xr: Boolean = false): List<Drawn> {
    val words: Words = if (xr) ({ PseudoLocale.say(english(it)) }) else english
    return Samples.today(reach, xr).states.map { (name, state) ->
        Drawn("Today", name, state.page, state.announced) { TodayView(state, words) {} }
    } + Samples.log(reach, xr).states.map { (name, state) ->
        Drawn("Log", name, state.page, null) { LogView(state, words) {} }
    } + Samples.logDay(reach, xr).states.map { (name, state) ->
        Drawn("LogDay", name, state.page, null) { LogDayView(state, words) {} }
    }
}
