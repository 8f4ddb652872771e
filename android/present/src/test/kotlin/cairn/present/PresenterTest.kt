package cairn.present

import cairn.present.samples.FakeCore
import cairn.present.samples.Samples
import java.util.concurrent.Executors
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Test

/** What every presenter does alike, with a core of samples. */
class PresenterTest {
    private val scope = CoroutineScope(Dispatchers.Unconfined)
    private val usual = Samples.today().states.getValue("usual").view

    @After
    fun end() = scope.cancel()

    private fun today(core: FakeCore, around: Surroundings = Surroundings(Reach.everything)) =
        TodayPresenter(core, around).also { it.begin(scope, Dispatchers.Unconfined) }

    @Test
    fun `a refusal is said on top of the page, and what was there stays`() {
        val core = FakeCore(today = usual)
        val presenter = today(core)
        core.trouble = cairn.core.Exception.StorageFull()
        presenter.on(TodayEvent.Log("plan-bench", "did"))
        assertEquals("StorageFull", presenter.state.value!!.page.problem!!.code)
        assertEquals(usual.cards, presenter.state.value!!.view.cards)
        assertEquals("nothing was kept", listOf<Any>(), core.calls)
    }

    @Test
    fun `what is the matter goes when the next thing works`() {
        val core = FakeCore(today = usual)
        val presenter = today(core)
        core.trouble = cairn.core.Exception.StorageFull()
        presenter.on(TodayEvent.Log("plan-bench", "did"))
        presenter.on(TodayEvent.Log("plan-bench", "did"))
        assertNull(presenter.state.value!!.page.problem)
        assertEquals(1, core.calls.size)
    }

    @Test
    fun `a page that cannot be read says why, and holds nothing else`() {
        val core = FakeCore(today = usual).apply { trouble = cairn.core.Exception.Locked() }
        val shown = today(core).state.value!!
        assertEquals("Locked", shown.page.problem!!.code)
        assertEquals(listOf<Any>(), shown.view.cards)
    }

    @Test
    fun `an event for a screen that is not there goes nowhere`() = runBlocking {
        val presenter = today(FakeCore(today = usual), Surroundings(Reach(setOf(ScreenName.Today))))
        val gone = async { withTimeoutOrNull(100) { presenter.goes.first() } }
        presenter.on(TodayEvent.Rest)
        presenter.on(PageEvent.Help)
        assertNull(gone.await())
    }

    @Test
    fun `a page is said aloud where there is a voice`() {
        val said = mutableListOf<String>()
        val presenter = today(FakeCore(today = usual), Surroundings(Reach.everything) { said += it })
        presenter.on(PageEvent.ReadAloud)
        assertEquals(usual.page.title, said.single().lineSequence().first())
        assertEquals(usual.checkIns.single().words, said.single().lines().last())
    }

    @Test
    fun `the core is asked off the thread that draws`() {
        val drawing = Thread.currentThread()
        var asked: Thread? = null
        val core = object : cairn.bridge.CairnCore by FakeCore(today = usual) {
            override fun today() = usual.also { asked = Thread.currentThread() }
        }
        Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { work ->
            runBlocking { TodayPresenter(core, Surroundings()).also { it.begin(scope, work) }.state.first { it != null } }
        }
        assertNotEquals(drawing, asked)
    }

    @Test
    fun `a half-typed note and amount are there when the page is opened again`() {
        val view = Samples.log().states.getValue("empty").view
        val core = FakeCore(log = view)
        val first = LogPresenter(core, Surroundings(), "entry-1").also { it.begin(scope, Dispatchers.Unconfined) }
        first.on(LogEvent.TypeAmount("Half"))
        first.on(LogEvent.TypeNote("It was wi"))
        val again = FakeCore(log = view.copy(draft = core.drafts[view.draftPage])).apply { drafts += core.drafts }
        val second = LogPresenter(again, Surroundings(), "entry-1").also { it.begin(scope, Dispatchers.Unconfined) }
        assertEquals("It was wi", second.state.value!!.noteTyped)
        assertEquals("Half", second.state.value!!.amountTyped)
    }
}
