package cairn.journey

import cairn.Journey
import cairn.present.samples.root
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** The given journeys, played through the bindings. */
class JourneyTest {
    @get:Rule
    val folder = TemporaryFolder()

    private fun play(journey: String): Int {
        val read = Journey.read(root.resolve("tests/journeys/given/$journey.json").readText())
        return Player(read, folder.newFolder()).use { it.play() }
    }

    @Test
    fun `six weeks alone are as the journey says`() = assertEquals(34, play("alone"))

    @Test
    fun `a journey that expects what nobody did is refused at that step`() =
        assertEquals(5, assertThrows(Refused::class.java) { play("wrong") }.step)
}
