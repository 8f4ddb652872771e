package cairn.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import cairn.bridge.CairnCore
import cairn.present.LogDayPresenter
import cairn.present.LogPresenter
import cairn.present.PageEvent
import cairn.present.Presenter
import cairn.present.Screen
import cairn.present.Surroundings
import cairn.present.TodayPresenter
import cairn.ui.log.LogDayView
import cairn.ui.log.LogView
import cairn.ui.parts.Body
import cairn.ui.parts.Words
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnSpace
import cairn.ui.today.TodayView
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay

/** What the screens of one person's record need of the shell they are in. */
class Shell(
    /** The record. */
    val core: CairnCore,
    /** Which screens there are, and a voice. */
    val around: Surroundings,
    /** Outlives every screen, so that what was typed last is kept too. */
    val scope: CoroutineScope,
    /** Where the core is asked: not the thread that draws. */
    val work: CoroutineDispatcher,
)

/**
 * One person's record on the screens there are, beginning with today. [visit] is another one each time the person comes
 * back to the app: today is read again then, for it may be another day. [onBack] is given the system's way back, or nothing.
 */
@Composable
fun CairnApp(shell: Shell, visit: Int = 0, onBack: @Composable (back: (() -> Unit)?) -> Unit = {}) {
    var screen by rememberSaveable(stateSaver = ScreenSaver) { mutableStateOf<Screen>(Screen.Today) }
    val go: (Screen) -> Unit = { screen = it }
    val words: Words = shell.core::words
    when (val at = screen) {
        is Screen.Log -> Shown(shell, at, go, { LogPresenter(shell.core, shell.around, at.entry) }) { state, on ->
            onBack { on(PageEvent.Back) }
            LogView(state, words, on)
        }
        Screen.LogDay -> Shown(shell, at, go, { LogDayPresenter(shell.core, shell.around) }) { state, on ->
            onBack { on(PageEvent.Back) }
            LogDayView(state, words, on)
        }
        else -> Shown(shell, visit, go, { TodayPresenter(shell.core, shell.around) }) { state, on ->
            onBack(null)
            TodayView(state, words, on)
        }
    }
}

/** A presenter at work for as long as its screen is shown, and until it has done what it was asked. */
@Composable
private fun <S : Any, E : Any> Shown(
    shell: Shell,
    about: Any,
    go: (Screen) -> Unit,
    make: () -> Presenter<S, E>,
    view: @Composable (S, (E) -> Unit) -> Unit,
) = key(about) {
    val presenter = remember(make)
    DisposableEffect(presenter) {
        presenter.begin(shell.scope, shell.work)
        onDispose(presenter::end)
    }
    LaunchedEffect(presenter) { presenter.goes.collect { go(it.to) } }
    val state by presenter.state.collectAsState()
    state?.let { view(it, presenter::on) } ?: Opening(shell.core::words)
}

/** Nothing at first, for a page is there at once; a still word where it takes longer. */
@Composable
private fun Opening(words: Words) {
    var late by remember { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        delay(LATE)
        late = true
    }
    Plain(if (late) words("page-opening") else "")
}

/** A page that says one thing. */
@Composable
fun Plain(said: String) {
    Box(Modifier.fillMaxSize().background(CairnColours.ground.here).padding(CairnSpace.xl)) { Body(said) }
}

/** Milliseconds after which the person is told that a page is opening. */
private const val LATE = 300L

/** The screen the person was at, over a death of the process. */
private val ScreenSaver = Saver<Screen, String>(
    save = { if (it is Screen.Log) LOG + it.entry else it.named.name },
    restore = { kept ->
        when {
            kept.startsWith(LOG) -> Screen.Log(kept.removePrefix(LOG))
            kept == Screen.LogDay.named.name -> Screen.LogDay
            else -> Screen.Today
        }
    },
)

private const val LOG = "Log/"
