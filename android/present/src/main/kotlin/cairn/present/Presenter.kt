package cairn.present

import cairn.bridge.CairnCore
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.launch

/** What a presenter is given beside the core: which screens there are, and a voice where the phone has one. */
class Surroundings(val reach: Reach = Reach.shipped, val sayAloud: ((String) -> Unit)? = null)

/**
 * Turns events into a state to show and into ways to go.
 *
 * Events are taken one after the other in the order they came, off the thread that draws; a second tap therefore sees what
 * the first one did. The core decides, the presenter only asks it and keeps what is typed.
 */
abstract class Presenter<S : Any, E : Any>(protected val core: CairnCore, protected val around: Surroundings) {
    private val shown = MutableStateFlow<S?>(null)
    private val events = Channel<E>(Channel.UNLIMITED)
    private val going = Channel<Go>(Channel.UNLIMITED)

    /** What to show; nothing until the page was read once. */
    val state: StateFlow<S?> = shown

    /** Where to go, each once. */
    val goes: Flow<Go> = going.receiveAsFlow()

    /** Reads the page, then takes events until [end]. [work] is not the thread that draws. */
    fun begin(scope: CoroutineScope, work: CoroutineDispatcher): Job = scope.launch(work) {
        attempt { show(first()) }
        for (event in events) attempt { handle(event) }
    }

    /** Something happened on the page. */
    fun on(event: E) {
        events.trySend(event)
    }

    /** Takes no more events; what was asked before is still done. */
    fun end() {
        events.close()
    }

    /** The page as it is when the person arrives. */
    protected abstract fun first(): S

    /** What an event does. */
    protected abstract fun handle(event: E)

    /** The same page with something to look at on top; what was typed is kept. Without a page yet, one that holds nothing else. */
    protected abstract fun troubled(now: S?, trouble: cairn.core.Exception): S

    /** The page, spoken. */
    protected abstract fun spoken(now: S): String

    protected val now: S? get() = shown.value

    protected fun show(state: S) {
        shown.value = state
    }

    /** Goes there if the screen is there. */
    protected fun go(to: Screen) {
        if (to.named in around.reach) going.trySend(Go(to))
    }

    /** What every page does alike. [back] is where the person came from; a place has none. */
    protected fun handlePage(event: PageEvent, back: Screen?) {
        when (event) {
            PageEvent.Back -> if (back != null) go(back)
            PageEvent.Help -> go(Screen.Plain(ScreenName.Help))
            is PageEvent.OpenPlace -> go(placed(event.screen))
            PageEvent.ReadAloud -> now?.let { around.sayAloud?.invoke(spoken(it)) }
            PageEvent.OpenStatus -> go(Screen.Plain(ScreenName.Status))
            is PageEvent.OpenDisagreement -> go(Screen.Disagreement(event.id))
            PageEvent.StartAgain -> {
                core.startAgain()
                show(first())
            }
        }
    }

    private fun placed(name: ScreenName) = when (name) {
        ScreenName.Today -> Screen.Today
        ScreenName.Rest -> Screen.Rest
        else -> Screen.Plain(name)
    }

    private fun <T> attempt(act: () -> T): T? = try {
        act()
    } catch (trouble: cairn.core.Exception) {
        show(troubled(now, trouble))
        null
    }
}
