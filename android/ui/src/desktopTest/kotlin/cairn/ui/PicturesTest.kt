package cairn.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import cairn.core.Lang
import cairn.present.LogDayEvent
import cairn.present.LogDayPresenter
import cairn.present.LogPresenter
import cairn.present.Presenter
import cairn.present.Reach
import cairn.present.Surroundings
import cairn.present.TodayEvent
import cairn.present.TodayPresenter
import cairn.present.samples.RealHome
import cairn.present.samples.root
import cairn.ui.log.LogDayView
import cairn.ui.log.LogView
import cairn.ui.parts.Words
import cairn.ui.tokens.CairnTheme
import cairn.ui.tokens.Scheme
import cairn.ui.today.TodayView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import org.jetbrains.skia.EncodedImageFormat
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** Draws every screen in every setting to `target/pictures`, when asked by name: a person looks at them. */
class PicturesTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val out = root.resolve("target/pictures")
    private val drawn = mutableListOf<String>()

    @Test
    fun `the usual pages of a real record, in every size, text, light and language, and each sample once`() {
        out.deleteRecursively()
        out.mkdirs()
        for (language in listOf(Lang.EN, Lang.CY)) real(language)
        for (sample in everySample(Reach.shipped)) {
            draw("sample-${sample.screen}-${sample.sample}", Setting(360, LONG)) { sample.view() }
        }
        for (sample in everySample(Reach.shipped, xr = true).filter { it.sample == "usual" }) {
            draw("xr-${sample.screen}", Setting(360, LONG, mirrored = true)) { sample.view() }
            draw("xr-${sample.screen}-200", Setting(360, 2 * LONG, text = 2f, mirrored = true)) { sample.view() }
        }
        out.resolve("index.html").writeText(index())
        assertTrue("pictures were drawn", drawn.size > 70)
    }

    /** The pages of Mary's record, in 12 settings a language, in high contrast, and once at 310 %. */
    private fun real(language: Lang) {
        val words: Words = { cairn.words(language, it) }
        val home = RealHome(folder.newFolder(), language = language).makeMary()
        home.open().use { open ->
            val around = Surroundings()
            val today = begun(TodayPresenter(open.core, around))
            settings { name, setting -> draw("Today-$name-$language", setting) { TodayView(today.state.value!!, words) {} } }
            val day = begun(LogDayPresenter(open.core, around)).also { it.on(LogDayEvent.PickDay(it.state.value!!.view.days.first().on)) }
            settings { name, setting -> draw("LogDay-$name-$language", setting) { LogDayView(day.state.value!!, words) {} } }
            val plan = today.state.value!!.view.cards.first().plan
            today.on(TodayEvent.Log(plan, "could_not"))
            val entry = today.state.value!!.view.cards.first().logged!!.entry
            val log = begun(LogPresenter(open.core, around, entry))
            settings { name, setting -> draw("Log-$name-$language", setting) { LogView(log.state.value!!, words) {} } }
        }
    }

    private fun <S : Any, E : Any, P : Presenter<S, E>> begun(presenter: P): P =
        presenter.also { it.begin(CoroutineScope(Dispatchers.Unconfined), Dispatchers.Unconfined) }

    private fun settings(each: (String, Setting) -> Unit) {
        for ((width, height) in listOf(360 to 800, 412 to 915, 800 to 1280)) {
            for (text in listOf(1f, 2f)) for (scheme in listOf(Scheme.Light, Scheme.Dark)) {
                each("${width}x$height-${(text * 100).toInt()}-${scheme.name}", Setting(width, height, text, scheme))
            }
        }
        for (scheme in listOf(Scheme.HighContrastLight, Scheme.HighContrastDark)) each(scheme.name, Setting(360, 800, 1f, scheme))
        // The largest text of an iPhone, on its narrowest screen.
        each("320x2400-310", Setting(320, 2400, 3.1f, Scheme.Light))
    }

    private class Setting(
        val width: Int, val height: Int, val text: Float = 1f, val scheme: Scheme = Scheme.Light, val mirrored: Boolean = false,
    )

    private fun draw(name: String, setting: Setting, view: @Composable () -> Unit) {
        val scene = ImageComposeScene(setting.width, setting.height, Density(1f, setting.text)) {
            CompositionLocalProvider(LocalLayoutDirection provides if (setting.mirrored) LayoutDirection.Rtl else LayoutDirection.Ltr) {
                CairnTheme(setting.scheme, fixedLetters, view)
            }
        }
        val image = try {
            scene.render() // the title takes the focus
            scene.render(SETTLED)
        } finally {
            scene.close()
        }
        out.resolve("$name.png").writeBytes(image.encodeToData(EncodedImageFormat.PNG)!!.bytes)
        drawn += name
    }

    private fun index() = buildString {
        append("<!doctype html><meta charset=utf-8><title>Pictures</title><style>figure{display:inline-block;margin:8px;vertical-align:top}img{border:1px solid #888;max-width:400px}</style>")
        drawn.forEach { append("<figure><img src=\"$it.png\" alt=\"\"><figcaption>$it</figcaption></figure>\n") }
    }

    private companion object {
        /** Tall enough for a sample to be seen whole. */
        const val LONG = 2000

        /** Nanoseconds after which nothing moves any more. */
        const val SETTLED = 1_000_000_000L
    }
}
