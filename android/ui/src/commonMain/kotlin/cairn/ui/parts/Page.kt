package cairn.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import cairn.core.PageView
import cairn.present.PageEvent
import cairn.present.Reach
import cairn.present.ScreenName
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnMeasure
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.CairnType
import cairn.ui.tokens.TextSize
import cairn.ui.tokens.textSize

/** Says static words of the catalogue. */
typealias Words = (key: String) -> String

/**
 * The frame of every page: Back and Help, the title, what is common to all pages, then [content]; the places last.
 *
 * [place] is the place this page is, where it is one; a place has no Back. [over] is a line above the title.
 */
@Composable
fun Page(
    page: PageView,
    reach: Reach,
    words: Words,
    on: (PageEvent) -> Unit,
    place: ScreenName? = null,
    over: String? = null,
    content: @Composable ColumnScope.() -> Unit,
) {
    val placesStay = textSize() != TextSize.Huge
    Column(Modifier.fillMaxSize().background(CairnColours.ground.here)) {
        BoxWithConstraints(Modifier.weight(1f).fillMaxWidth(), contentAlignment = Alignment.TopCenter) {
            val margin = if (maxWidth >= CairnMeasure.wideFrom) CairnMeasure.pageMarginWide else CairnMeasure.pageMargin
            Column(
                Modifier.verticalScroll(rememberScrollState()).padding(horizontal = margin, vertical = CairnSpace.l)
                    .widthIn(max = CairnMeasure.readingWidth).fillMaxWidth(),
                verticalArrangement = Arrangement.spacedBy(CairnSpace.m),
            ) {
                Top(reach, words, on, back = place == null, over)
                Title(page.title)
                Common(page, reach, words, on)
                content()
                if (!placesStay) Places(reach, words, on, place)
            }
        }
        if (placesStay) Places(reach, words, on, place)
    }
}

/** Back and Help, at the same places on every page. Either is there only where it leads somewhere. */
@Composable
private fun Top(reach: Reach, words: Words, on: (PageEvent) -> Unit, back: Boolean, over: String?) {
    val help = ScreenName.Help in reach
    val beside = textSize() == TextSize.Usual
    if (back || help || beside && over != null) {
        Row(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.spacedBy(CairnSpace.s, Alignment.End),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            val start = Modifier.weight(1f)
            if (back) Row(start) { LinkRow(words("page-back"), { on(PageEvent.Back) }, icon = Icons.back) }
            if (beside && over != null) Second(over, start)
            if (help) LinkRow(words("page-help"), { on(PageEvent.Help) }, Modifier.weight(1f, fill = false))
        }
    }
    if (!beside && over != null) Second(over)
}

/** The page's one title. It has the focus when the person arrives, so that it is read first. */
@Composable
private fun Title(words: String) {
    val focus = remember { FocusRequester() }
    Text(
        words,
        Modifier.testTag(TITLE).focusRequester(focus).focusable().semantics { heading() },
        color = CairnColours.ink.here, style = CairnType.title.here,
    )
    LaunchedEffect(words) { focus.requestFocus() }
}

/** By this tests find the title. */
const val TITLE = "title"

/** What stands on every page under the title: what is the matter, needs, what is not sent, a rest, answers that do not match. */
@Composable
private fun Common(page: PageView, reach: Reach, words: Words, on: (PageEvent) -> Unit) {
    page.problem?.let { Notice(it.words, Tone.Notice, Icons.look, live = true) }
    page.needs.forEach { Notice(it.words, Tone.Notice, Icons.flag) }
    page.sent.words?.let {
        Notice(it, Tone.Wait, Icons.clock, onTap = { on(PageEvent.OpenStatus) }.takeIf { ScreenName.Status in reach })
    }
    page.paused?.let { rest ->
        Notice(rest.words, Tone.Wait, Icons.clock)
        OtherButton(words("rest-start-again"), { on(PageEvent.StartAgain) })
    }
    page.disagreements.forEach { line ->
        val open = { on(PageEvent.OpenDisagreement(line.id)) }.takeIf { ScreenName.Disagreement in reach }
        Notice(line.words, Tone.Notice, Icons.look, onTap = open)
    }
}

/** A card: one thing on a page, with a border and no shadow. */
@Composable
fun Card(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    val shape = RoundedCornerShape(CairnMeasure.cardCorner)
    Column(
        modifier.semantics { isTraversalGroup = true }.fillMaxWidth().background(CairnColours.surface.here, shape).border(edge(), CairnColours.hair.here, shape)
            .padding(CairnSpace.l),
        verticalArrangement = Arrangement.spacedBy(CairnSpace.s),
        content = content,
    )
}

/** The heading of a card or a section. */
@Composable
fun Heading(words: String) =
    Text(words, Modifier.semantics { heading() }, color = CairnColours.ink.here, style = CairnType.heading.here)

/** Words on the page. */
@Composable
fun Body(words: String, modifier: Modifier = Modifier) =
    Text(words, modifier, color = CairnColours.ink.here, style = CairnType.body.here)

/** A second line. */
@Composable
fun Second(words: String, modifier: Modifier = Modifier) =
    Text(words, modifier, color = CairnColours.quiet.here, style = CairnType.small.here)
