package cairn.ui

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.runDesktopComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import cairn.present.Reach
import cairn.ui.parts.TITLE
import cairn.ui.tokens.CairnTheme
import cairn.ui.tokens.Scheme
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** What a screen reader, a finger and an eye need of every sample of every screen. */
@OptIn(ExperimentalTestApi::class)
class SemanticsTest {
    @Test
    fun `every sample, on a small phone`() = check(width = 320, scale = 1f)

    @Test
    fun `every sample, as far as its screens are built`() = check(width = 360, scale = 1f, reach = Reach.shipped)

    @Test
    fun `every sample, with text a little larger, where pairs stack`() = check(width = 360, scale = 1.3f)

    @Test
    fun `every sample, with text at 160 percent, where the places scroll`() = check(width = 360, scale = 1.6f)

    @Test
    fun `every sample, with text at 200 percent`() = check(width = 320, scale = 2f)

    @Test
    fun `every sample, on a tablet`() = check(width = 800, scale = 1f)

    @Test
    fun `every sample, in a language nobody speaks, mirrored and 40 percent longer`() = check(width = 360, scale = 1f, xr = true)

    @Test
    fun `every sample, in a language nobody speaks, at 200 percent`() = check(width = 360, scale = 2f, xr = true)

    private fun check(width: Int, scale: Float, reach: Reach = Reach.everything, xr: Boolean = false) {
        for (drawn in everySample(reach, xr)) {
            // So tall that the whole page is in view, and nothing is scrolled under the places.
            runDesktopComposeUiTest(width, if (drawn.sample == "longest") 60_000 else 8_000) {
                setContent {
                    CompositionLocalProvider(
                        LocalDensity provides Density(1f, scale),
                        LocalLayoutDirection provides if (xr) LayoutDirection.Rtl else LayoutDirection.Ltr,
                    ) { CairnTheme(Scheme.Light, fixedLetters) { drawn.view() } }
                }
                waitForIdle()
                val all = onRoot(useUnmergedTree = true).fetchSemanticsNode().everything()
                val read = onRoot().fetchSemanticsNode().everything()
                hasOneTitleThatIsReadFirst(drawn, all)
                targetsAreLargeApartAndLabelled(drawn, read, width)
                groupsSayTheirQuestionAndHowMany(drawn, all)
                isReadInTheOrderItIsSeen(drawn, read, xr)
                saysWhatIsNotSent(drawn, read)
                neverSaysOnlyANumber(drawn, read)
                saysOnceWhatWasSaved(drawn, all)
                cutsNoWords(drawn, all, width)
                if (xr) hasNoWordOfItsOwn(drawn, all)
            }
        }
    }

    private fun hasOneTitleThatIsReadFirst(drawn: Drawn, all: List<SemanticsNode>) {
        val title = all.single { it.config.getOrNull(SemanticsProperties.TestTag) == TITLE }
        assertEquals("$drawn: title", drawn.page.title, title.words())
        assertNotNull("$drawn: the title is a heading", title.config.getOrNull(SemanticsProperties.Heading))
        assertEquals("$drawn: the title has the focus", true, title.config.getOrNull(SemanticsProperties.Focused))
    }

    private fun targetsAreLargeApartAndLabelled(drawn: Drawn, read: List<SemanticsNode>, width: Int) {
        val targets = read.filter { it.isTarget() }
        for (target in targets) {
            val place = "$drawn: ${target.label()}"
            assertTrue("$place: ${target.size} is large enough", target.size.width >= 48 && target.size.height >= 48)
            assertTrue("$place: on the page", target.positionInRoot.x >= 0 && target.positionInRoot.x + target.size.width <= width)
            assertTrue("$place: labelled with words", target.label().any { it.isLetter() })
        }
        for ((at, one) in targets.withIndex()) for (other in targets.drop(at + 1)) {
            assertTrue("$drawn: ${one.label()} and ${other.label()} are apart", !one.area().inflate(APART / 2).overlaps(other.area().inflate(APART / 2)))
        }
        val twice = targets.groupBy { it.group() to it.label() }.filter { it.value.size > 1 }
        assertTrue("$drawn: said twice in one group: ${twice.keys.map { it.second }}", twice.isEmpty())
        targets.filter { it.config.getOrNull(SemanticsProperties.Role) == Role.RadioButton }.forEach {
            assertTrue("$drawn: ${it.label()}: an answer is 56 high", it.size.height >= 56)
        }
    }

    private fun groupsSayTheirQuestionAndHowMany(drawn: Drawn, all: List<SemanticsNode>) {
        val radios = all.filter { it.config.getOrNull(SemanticsProperties.Role) == Role.RadioButton }
        val groups = radios.groupBy { radio -> radio.parents().firstOrNull { SemanticsProperties.CollectionInfo in it.config }?.id }
        assertTrue("$drawn: every radio button is in a group", null !in groups)
        for ((id, members) in groups) {
            val group = all.single { it.id == id }
            val question = group.config.getOrNull(SemanticsProperties.ContentDescription)
            assertTrue("$drawn: a group says its question", !question.isNullOrEmpty() && question.single().isNotBlank())
            assertEquals("$drawn: how many", members.size, group.config[SemanticsProperties.CollectionInfo].rowCount)
            assertEquals("$drawn: which", members.indices.toList(), members.map { it.config[SemanticsProperties.CollectionItemInfo].rowIndex })
            assertTrue("$drawn: says if it is chosen", members.all { SemanticsProperties.Selected in it.config })
            assertTrue("$drawn: one is chosen at most", members.count { it.config[SemanticsProperties.Selected] } <= 1)
        }
    }

    private fun isReadInTheOrderItIsSeen(drawn: Drawn, read: List<SemanticsNode>, mirrored: Boolean) {
        val seen = read.filter { it.label().isNotEmpty() && it.size.height > 0 && SemanticsProperties.CollectionInfo !in it.config }
        seen.zipWithNext().forEach { (before, after) ->
            val sameLine = after.positionInRoot.y < before.positionInRoot.y + before.size.height
            val beside = if (mirrored) after.positionInRoot.x < before.positionInRoot.x else after.positionInRoot.x > before.positionInRoot.x
            assertTrue("$drawn: ${before.label()} is before ${after.label()}", if (sameLine) beside else after.positionInRoot.y >= before.positionInRoot.y)
        }
    }

    private fun saysWhatIsNotSent(drawn: Drawn, read: List<SemanticsNode>) {
        if (drawn.page.sent.waiting > 0uL) assertEquals("$drawn: not sent", 1, read.count { it.label() == drawn.page.sent.words })
    }

    private fun neverSaysOnlyANumber(drawn: Drawn, read: List<SemanticsNode>) = read.forEach {
        assertTrue("$drawn: ${it.label()} is only a number", it.label().isEmpty() || it.label().any(Char::isLetter))
    }

    private fun saysOnceWhatWasSaved(drawn: Drawn, all: List<SemanticsNode>) {
        val live = all.filter { SemanticsProperties.LiveRegion in it.config }
        val said = listOfNotNull(drawn.page.problem?.words, drawn.saved)
        assertEquals("$drawn: said when it comes", said.size, live.size)
    }

    private fun cutsNoWords(drawn: Drawn, all: List<SemanticsNode>, width: Int) {
        for (node in all) {
            val words = node.layout() ?: continue
            val text = words.layoutInput.text.text
            val room = words.size
            val reach = (0 until words.lineCount).maxOf { words.getLineRight(it) - words.getLineLeft(it) }
            assertTrue("$drawn: cut: $text", reach <= room.width + 1 && words.getLineBottom(words.lineCount - 1) <= room.height + 1 && room.width <= width)
            assertTrue("$drawn: dotted: $text", (0 until words.lineCount).none(words::isLineEllipsized))
            assertTrue("$drawn: more words than room: $text", node.size.height >= words.size.height)
            for (line in 0 until words.lineCount - 1) {
                val end = words.getLineEnd(line)
                val whole = !text[end - 1].isLetterOrDigit() || !text[end].isLetterOrDigit()
                // As wide as a letter of this line is on the mean: a word may only be broken that has no room on a line of its own.
                val letter = (words.getLineRight(line) - words.getLineLeft(line)) / (end - words.getLineStart(line))
                val word = text.substring(text.lastIndexOfAny(BREAKS, end - 1) + 1, text.indexOfAny(BREAKS, end).let { if (it < 0) text.length else it })
                assertTrue("$drawn: $word is broken and has room on a line: $text", whole || word.length * letter > room.width * 0.9f)
            }
        }
    }

    private fun hasNoWordOfItsOwn(drawn: Drawn, all: List<SemanticsNode>) = all.filter { it.layout() != null && SemanticsProperties.EditableText !in it.config }.forEach {
        val text = it.words()
        assertTrue("$drawn: not from the catalogue: $text", text.startsWith("[") && text.endsWith("]") || text.all(Char::isDigit))
    }

    private fun SemanticsNode.everything(): List<SemanticsNode> = listOf(this) + children.flatMap { it.everything() }

    private fun SemanticsNode.parents(): Sequence<SemanticsNode> = generateSequence(parent) { it.parent }

    private fun SemanticsNode.isTarget() = SemanticsActions.OnClick in config && SemanticsProperties.EditableText !in config

    private fun SemanticsNode.words() = config.getOrNull(SemanticsProperties.Text).orEmpty().joinToString(" ") { it.text }

    private fun SemanticsNode.label() = config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(" ") ?: words()

    private fun SemanticsNode.group() = parents().firstOrNull {
        it.config.getOrNull(SemanticsProperties.IsTraversalGroup) == true || SemanticsProperties.CollectionInfo in it.config
    }?.id

    private fun SemanticsNode.area() = Rect(positionInRoot, androidx.compose.ui.geometry.Size(size.width.toFloat(), size.height.toFloat()))

    private fun SemanticsNode.layout(): TextLayoutResult? {
        val results = mutableListOf<TextLayoutResult>()
        config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(results)
        return results.firstOrNull()
    }

    private companion object {
        val BREAKS = charArrayOf(' ', '-')

        /** The least distance between targets; half a pixel of rounding is let go. */
        const val APART = 7f
    }
}
