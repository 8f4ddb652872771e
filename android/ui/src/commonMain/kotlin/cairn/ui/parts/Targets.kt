package cairn.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsFocusedAsState
import androidx.compose.foundation.interaction.collectIsPressedAsState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawWithContent
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.ContentDrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnMeasure
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.CairnType
import cairn.ui.tokens.LocalScheme
import cairn.ui.tokens.TextSize
import cairn.ui.tokens.textSize

/** What a target looks like. */
private class Look(val fill: Color, val border: Color, val width: Dp, val words: Color)

/**
 * Anything that can be tapped: never smaller than a finger needs, with a ring when it has the keyboard, and a label.
 *
 * [spoken] is what a screen reader says where that is more than what is seen.
 */
@Composable
private fun Target(
    onTap: () -> Unit,
    look: @Composable (pressed: Boolean) -> Look,
    modifier: Modifier = Modifier,
    height: Dp = CairnMeasure.answerHeight,
    spoken: String? = null,
    chosen: Boolean? = null,
    role: Role = Role.Button,
    arrangement: Arrangement.Horizontal = Arrangement.Center,
    side: Dp = CairnSpace.m,
    content: @Composable RowScope.(Look) -> Unit,
) {
    val touches = remember { MutableInteractionSource() }
    val pressed by touches.collectIsPressedAsState()
    val focused by touches.collectIsFocusedAsState()
    val drawn = look(pressed)
    val shape = RoundedCornerShape(CairnMeasure.corner)
    val tap = if (chosen == null) {
        Modifier.clickable(touches, indication = null, role = role, onClick = onTap)
    } else {
        Modifier.selectable(chosen, touches, indication = null, role = role, onClick = onTap)
    }
    Row(
        modifier
            .focusRing(focused)
            .defaultMinSize(minWidth = CairnMeasure.target, minHeight = height)
            .background(drawn.fill, shape)
            .border(drawn.width, drawn.border, shape)
            .then(tap)
            .then(if (spoken == null) Modifier else Modifier.semantics { contentDescription = spoken })
            .padding(horizontal = side, vertical = CairnSpace.s),
        horizontalArrangement = arrangement,
        verticalAlignment = Alignment.CenterVertically,
    ) { content(drawn) }
}

/** The words on a target: in its middle, or at the start where they fill a row. */
@Composable
private fun TargetWords(words: String, look: Look, modifier: Modifier = Modifier, align: TextAlign = TextAlign.Start) =
    Text(words, modifier, color = look.words, style = CairnType.label.here, textAlign = align)

/** The page's one main button. */
@Composable
fun MainButton(words: String, onTap: () -> Unit, modifier: Modifier = Modifier) {
    val look = @Composable { _: Boolean ->
        CairnColours.action.here.let { Look(it, it, CairnMeasure.hairline, CairnColours.onAction.here) }
    }
    Target(onTap, look, modifier.fillMaxWidth()) { TargetWords(words, it, align = TextAlign.Center) }
}

/** Another thing to do, beside the main one. */
@Composable
fun OtherButton(words: String, onTap: () -> Unit, modifier: Modifier = Modifier, leadsOn: Boolean = false) {
    Target(onTap, { plain(it) }, modifier.fillMaxWidth(), arrangement = Arrangement.spacedBy(CairnSpace.s)) { look ->
        TargetWords(words, look, Modifier.weight(1f))
        if (leadsOn) Drawing(Icons.onward, look.words)
    }
}

/** An answer that saves at once: every one looks alike. */
@Composable
fun AnswerButton(words: String, spoken: String, onTap: () -> Unit, modifier: Modifier = Modifier) {
    Target(onTap, { plain(it) }, modifier.fillMaxWidth(), spoken = spoken) { TargetWords(words, it, align = TextAlign.Center) }
}

/**
 * One of several answers to pick from, chosen or not; the group it stands in says the question. In a list its words fill the
 * [row]; a cell of a scale has them in its middle.
 */
@Composable
fun Choice(words: String, chosen: Boolean, onTap: () -> Unit, modifier: Modifier = Modifier, row: Boolean, spoken: String? = null) {
    val look = @Composable { pressed: Boolean ->
        if (chosen) {
            Look(CairnColours.actionSoft.here, CairnColours.action.here, CairnMeasure.chosenBorder, CairnColours.ink.here)
        } else {
            plain(pressed)
        }
    }
    val side = if (row) CairnSpace.m else CairnSpace.xs
    Target(onTap, look, modifier, spoken = spoken, chosen = chosen, role = Role.RadioButton, side = side) {
        val tick = @Composable { if (chosen) Drawing(Icons.tick, CairnColours.action.here) }
        if (row) {
            tick()
            TargetWords(words, it, Modifier.weight(1f).padding(start = if (chosen) CairnSpace.xs else 0.dp))
        } else if (textSize() == TextSize.Usual) {
            tick()
            TargetWords(words, it)
        } else {
            Column(horizontalAlignment = Alignment.CenterHorizontally) { // a cell has no room for both on one line
                tick()
                TargetWords(words, it)
            }
        }
    }
}

/** A link among words: a whole row, with no border. */
@Composable
fun LinkRow(words: String, onTap: () -> Unit, modifier: Modifier = Modifier, icon: ImageVector? = null, onward: Boolean = false) {
    val look = @Composable { pressed: Boolean ->
        val fill = if (pressed) CairnColours.actionSoft.here else Color.Transparent
        Look(fill, Color.Transparent, CairnMeasure.hairline, CairnColours.action.here)
    }
    Target(onTap, look, modifier, CairnMeasure.target, arrangement = Arrangement.spacedBy(CairnSpace.xs)) {
        if (icon != null) Drawing(icon, it.words)
        TargetWords(words, it, if (onward) Modifier.weight(1f) else Modifier)
        if (onward) Drawing(Icons.onward, it.words)
    }
}

/** A place in the bar; the one the person is at is marked. */
@Composable
fun PlaceTab(words: String, here: Boolean, onTap: () -> Unit, modifier: Modifier = Modifier) {
    val look = @Composable { pressed: Boolean ->
        val fill = if (here || pressed) CairnColours.actionSoft.here else CairnColours.surface.here
        val mark = if (here) CairnColours.action.here else Color.Transparent
        Look(fill, mark, CairnMeasure.chosenBorder, CairnColours.action.here)
    }
    Target(onTap, look, modifier, CairnMeasure.target, chosen = here, role = Role.Tab) { TargetWords(words, it, align = TextAlign.Center) }
}

@Composable
private fun plain(pressed: Boolean): Look {
    val action = CairnColours.action.here
    return if (pressed) {
        Look(CairnColours.actionSoft.here, action, CairnMeasure.chosenBorder, CairnColours.ink.here)
    } else {
        Look(CairnColours.surface.here, CairnColours.line.here, edge(), CairnColours.ink.here)
    }
}

/** How wide borders are in this set of colours. */
@Composable
fun edge(): Dp = if (LocalScheme.current.isHighContrast) CairnMeasure.hairlineHighContrast else CairnMeasure.hairline

/** A dark ring and a yellow one outside it: the two differ so much that one of them shows on any ground. */
@Composable
fun Modifier.focusRing(focused: Boolean): Modifier {
    val dark = CairnColours.focusEdge.here
    val yellow = CairnColours.focusRing.here
    return if (!focused) this else drawWithContent {
        drawContent()
        ring(dark, outside = 0)
        ring(yellow, outside = 1)
    }
}

private fun ContentDrawScope.ring(colour: Color, outside: Int) {
    val width = CairnMeasure.focusRing.toPx()
    val out = width * (outside + 0.5f)
    val corner = CairnMeasure.corner.toPx() + out
    drawRoundRect(
        colour, Offset(-out, -out), Size(size.width + 2 * out, size.height + 2 * out),
        CornerRadius(corner, corner), Stroke(width),
    )
}
