package cairn.present

import cairn.present.samples.RealHome
import java.io.File
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** The presenters over the real library and real encrypted files. */
class RealLibraryTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val scope = CoroutineScope(Dispatchers.Unconfined)

    @After
    fun end() = scope.cancel()

    private fun today(home: RealHome.Opened) = TodayPresenter(home.core, Surroundings()).also { it.begin(scope, Dispatchers.Unconfined) }

    private fun TodayPresenter.firstCard() = state.value!!.view.cards.first()

    @Test
    fun `what was planned is logged with 1 tap, and is there after a new start`() {
        val home = RealHome(folder.root).makeMary()
        home.open().use { open ->
            val presenter = today(open)
            assertEquals("1 card is open", presenter.firstCard().plan, presenter.state.value!!.openCard)
            presenter.on(TodayEvent.Log(presenter.firstCard().plan, "did"))
            assertEquals(presenter.firstCard().logged!!.words, presenter.state.value!!.announced)
        }
        home.open().use { open ->
            val card = today(open).firstCard()
            assertTrue(card.logged!!.words, "Did it" in card.logged!!.words && "17 March 2026" in card.logged!!.words)
            assertEquals("an answered card offers no answer", listOf<Any>(), card.answers)
        }
    }

    @Test
    fun `two quick taps keep one answer`() {
        val home = RealHome(folder.root).makeMary()
        home.open().use { open ->
            val presenter = today(open)
            val plan = presenter.firstCard().plan
            repeat(2) { presenter.on(TodayEvent.Log(plan, "did")) }
            assertEquals(1u, presenter.firstCard().thisWeek.done)
        }
    }

    @Test
    fun `could not, then why, are 2 taps, and both are kept`() {
        val home = RealHome(folder.root).makeMary()
        home.open().use { open ->
            val presenter = today(open)
            presenter.on(TodayEvent.Log(presenter.firstCard().plan, "could_not"))
            val logged = presenter.firstCard().logged!!
            assertNotNull("the reason is asked for", logged.askWhy)
            val log = LogPresenter(open.core, Surroundings(), logged.entry).also { it.begin(scope, Dispatchers.Unconfined) }
            log.on(LogEvent.PickReason("flare"))
        }
        home.open().use { open ->
            val logged = today(open).firstCard().logged!!
            assertNull("the reason is kept", logged.askWhy)
            val versions = open.core.correctPage(logged.entry).corrects
            assertEquals("both versions are kept", 2, versions.size)
        }
    }

    @Test
    fun `yesterday is logged with 3 taps`() {
        val home = RealHome(folder.root).makeMary()
        home.open().use { open ->
            val presenter = LogDayPresenter(open.core, Surroundings()).also { it.begin(scope, Dispatchers.Unconfined) } // 1: another day
            val yesterday = presenter.state.value!!.view.days.first().on
            presenter.on(LogDayEvent.PickDay(yesterday)) // 2
            presenter.on(LogDayEvent.PickDid("part")) // 3
            assertEquals("part", open.core.logDayPage(null).days.first { it.on == yesterday }.did)
        }
    }

    @Test
    fun `a rest over everything ends with 1 tap`() {
        val home = RealHome(folder.root).makeMary()
        home.open().use { open ->
            open.record.rest("flare", null, "2026-03-25")
            val presenter = today(open)
            assertEquals("Resting until 25 March 2026", presenter.state.value!!.page.paused!!.words)
            presenter.on(PageEvent.StartAgain)
            assertNull(presenter.state.value!!.page.paused)
        }
    }

    @Test
    fun `a correction says what was and what is`() {
        val home = RealHome(folder.root).makeMary()
        home.open().use { open ->
            val presenter = today(open)
            presenter.on(TodayEvent.Log(presenter.firstCard().plan, "tried"))
            val entry = presenter.firstCard().logged!!.entry
            val log = LogPresenter(open.core, Surroundings(), entry).also { it.begin(scope, Dispatchers.Unconfined) }
            listOf(LogEvent.PickDid("did"), LogEvent.PickFelt(6), LogEvent.TypeAmount("All of it"), LogEvent.TypeNote("Sunny"), LogEvent.Save).forEach(log::on)
            val page = open.core.correctPage(entry)
            assertEquals(listOf("did", "All of it", "Sunny", 6L), listOf(page.did, page.amount, page.note, page.felt.single { it.chosen }.value))
            assertEquals(2, page.corrects.size)
            assertNull("nothing is left half done", open.core.today().carryOn)
        }
    }

    @Test
    fun `a half-typed note is there after the app was killed`() {
        val home = RealHome(folder.root).makeMary()
        val entry = home.open().use { open ->
            today(open).let { it.on(TodayEvent.Log(it.firstCard().plan, "part")); it.firstCard().logged!!.entry }
        }
        val java = File(System.getProperty("java.home"), "bin/java").path
        val child = ProcessBuilder(
            java, "-cp", System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path"),
            "-Djna.library.path=${System.getProperty("jna.library.path")}", "-Dcairn.root=${System.getProperty("cairn.root")}",
            "cairn.present.HalfTypedKt", folder.root.path, entry,
        ).inheritIO().start()
        assertTrue("the other process ended", child.waitFor(60, TimeUnit.SECONDS))
        assertEquals("it was killed", 137, child.exitValue())
        home.open().use { open ->
            val log = LogPresenter(open.core, Surroundings(), entry).also { it.begin(scope, Dispatchers.Unconfined) }
            assertEquals("I got as far as the ga", log.state.value!!.noteTyped)
            assertEquals("To the g", log.state.value!!.amountTyped)
            assertEquals("it can be carried on with", Screen.Log(entry), today(open).state.value!!.carriesOnTo)
        }
    }
}
