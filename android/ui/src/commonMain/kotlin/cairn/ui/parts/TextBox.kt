package cairn.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsFocusedAsState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnMeasure
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.CairnType

/**
 * A box to write in, under its question, which stays visible and is the box's label.
 *
 * [typed] is what it begins with; after that the box is ahead of what comes back, so that no letter is lost to a slow save.
 */
@Composable
fun TextBox(question: String, typed: String, lines: Int, onType: (String) -> Unit) {
    var text by remember { mutableStateOf(typed) }
    val touches = remember { MutableInteractionSource() }
    val focused by touches.collectIsFocusedAsState()
    val shape = RoundedCornerShape(CairnMeasure.corner)
    val ink = CairnColours.ink.here
    Column(verticalArrangement = Arrangement.spacedBy(CairnSpace.s)) {
        Text(question, Modifier.clearAndSetSemantics { }, color = ink, style = CairnType.label.here)
        BasicTextField(
            text,
            { text = it; onType(it) },
            Modifier.fillMaxWidth().focusRing(focused).semantics { contentDescription = question },
            textStyle = CairnType.body.here.copy(color = ink),
            minLines = lines,
            interactionSource = touches,
            cursorBrush = SolidColor(CairnColours.action.here),
            decorationBox = { inner ->
                Column(
                    Modifier.defaultMinSize(minHeight = CairnMeasure.answerHeight).fillMaxWidth()
                        .background(CairnColours.surface.here, shape).border(edge(), CairnColours.line.here, shape)
                        .padding(CairnSpace.m),
                ) { inner() }
            },
        )
    }
}
