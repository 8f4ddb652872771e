package cairn.app

import android.app.UiModeManager
import android.os.Build
import android.os.Bundle
import android.view.WindowManager
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import cairn.Profile
import cairn.bridge.DeviceClock
import cairn.bridge.DeviceEntropy
import cairn.bridge.RecordCore
import cairn.core.Lang
import cairn.errorSentence
import cairn.homeStandsIn
import cairn.present.Surroundings
import cairn.ui.CairnApp
import cairn.ui.Plain
import cairn.ui.Shell
import cairn.ui.tokens.CairnTheme
import cairn.ui.tokens.Scheme
import cairn.words
import kotlinx.coroutines.launch

/** The app's one window: the record that is on this phone, or a sentence that says why it is not shown. */
class MainActivity : ComponentActivity() {
    private var opened by mutableStateOf<Opened>(Opened.NotYet)
    private var visit by mutableIntStateOf(0)
    private val app get() = application as CairnApplication
    private val language get() = if (resources.configuration.locales[0].language == "cy") Lang.CY else Lang.EN

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        // A plain cover among the recent apps; it also keeps what is on the page out of screenshots.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        app.scope.launch(app.work) { opened = open() }
        setContent {
            CairnTheme(Scheme.of(isSystemInDarkTheme(), highContrast())) {
                when (val now = opened) {
                    is Opened.Record -> CairnApp(now.shell, visit) { back -> if (back != null) BackHandler { back() } }
                    is Opened.Said -> Plain(now.words)
                    Opened.NotYet -> Plain("")
                }
            }
        }
    }

    override fun onStart() {
        super.onStart()
        visit++
    }

    override fun onDestroy() {
        super.onDestroy()
        val now = opened as? Opened.Record ?: return
        app.scope.launch(app.work) { now.profile.close() }
    }

    private fun open(): Opened {
        val folder = filesDir.resolve("home").path
        if (!homeStandsIn(folder)) return Opened.Said(words(language, "app-no-record"))
        return try {
            val profile = Profile.open(folder, app.keyVault(), DeviceClock, DeviceEntropy, language)
            val core = RecordCore(profile.own(), language)
            Opened.Record(profile, Shell(core, Surroundings(), app.scope, app.work))
        } catch (trouble: cairn.core.Exception) {
            Opened.Said(errorSentence(trouble, language))
        }
    }

    /** From Android 14 the system says how much contrast is wanted, from -1 to 1. */
    @Composable
    private fun highContrast() =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE && getSystemService(UiModeManager::class.java).contrast >= HALF

    private sealed interface Opened {
        data object NotYet : Opened
        class Record(val profile: Profile, val shell: Shell) : Opened
        class Said(val words: String) : Opened
    }

    private companion object {
        const val HALF = 0.5f
    }
}
