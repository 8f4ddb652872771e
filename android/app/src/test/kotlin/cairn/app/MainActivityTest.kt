package cairn.app

import androidx.compose.ui.test.junit4.createEmptyComposeRule
import androidx.compose.ui.test.onAllNodesWithContentDescription
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.assertTextEquals
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.performTextInput
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import cairn.KeyVault
import cairn.present.samples.FileKeyVault
import cairn.present.samples.RealHome
import cairn.ui.parts.TITLE
import java.io.File
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** The app with a key in a file: Robolectric has no Android key store. */
class TestApplication : CairnApplication() {
    /** Where the home is, as the activity looks for it. */
    val home: File get() = filesDir.resolve("home")

    override fun keyVault(): KeyVault = FileKeyVault(home.resolve("key"))
}

/** The phone app's activity, over the real library and real files. */
@RunWith(RobolectricTestRunner::class)
@Config(application = TestApplication::class)
class MainActivityTest {
    @get:Rule
    val rule = createEmptyComposeRule()
    private val app = ApplicationProvider.getApplicationContext<TestApplication>()

    private fun makeMary() = RealHome(app.home.apply { mkdirs() }).makeMary()

    private fun shown(words: String) = rule.waitUntil(WAIT) { rule.onAllNodesWithText(words, substring = true).fetchSemanticsNodes().isNotEmpty() }

    @Test
    fun `an answer is kept with a tap, and is there when the app is opened again`() {
        makeMary()
        ActivityScenario.launch(MainActivity::class.java).use {
            shown("Hello Mary")
            rule.onAllNodesWithText("Did it").onFirst().performScrollTo().performClick()
            shown("Saved. Did it,")
        }
        ActivityScenario.launch(MainActivity::class.java).use { shown("Saved. Did it,") }
    }

    @Test
    fun `what is half typed is there when the app is opened again`() {
        makeMary()
        ActivityScenario.launch(MainActivity::class.java).use {
            shown("Hello Mary")
            rule.onAllNodesWithText("Could not").onFirst().performScrollTo().performClick()
            shown("How did it go?")
            rule.onAllNodesWithContentDescription("Your note").onFirst().performScrollTo().performTextInput("It was wi")
            rule.waitForIdle()
        }
        ActivityScenario.launch(MainActivity::class.java).use {
            shown("Carry on with what you were writing")
            rule.onNodeWithText("Carry on with what you were writing").performClick()
            shown("It was wi")
        }
    }

    @Test
    fun `the system's way back leads from another day to today`() {
        makeMary()
        ActivityScenario.launch(MainActivity::class.java).use { scenario ->
            shown("Hello Mary")
            rule.onNodeWithText("Add something for another day").performScrollTo().performClick()
            shown("Which day is it about?")
            scenario.onActivity { it.onBackPressedDispatcher.onBackPressed() }
            shown("Hello Mary")
            rule.onNodeWithTag(TITLE).assertTextEquals("Hello Mary")
        }
    }

    @Test
    fun `a phone without a record says so`() {
        ActivityScenario.launch(MainActivity::class.java).use { shown("There is no record on this phone yet.") }
    }

    @Test
    fun `a key that does not open the record is said in words, and nothing is deleted`() {
        makeMary()
        app.home.resolve("key").writeBytes(ByteArray(32) { 7 })
        ActivityScenario.launch(MainActivity::class.java).use { shown("This key does not open this record.") }
    }

    private companion object {
        /** Milliseconds: the library opens an encrypted home in far less. */
        const val WAIT = 30_000L
    }
}
