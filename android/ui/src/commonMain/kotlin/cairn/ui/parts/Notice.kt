package cairn.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsFocusedAsState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnMeasure
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.CairnType
import cairn.ui.tokens.Shades

/** What a notice is about: something to look at, or something that waits. */
enum class Tone(val fill: Shades, val words: Shades) {
    Notice(CairnColours.notice, CairnColours.onNotice),
    Wait(CairnColours.wait, CairnColours.onWait),
}

/** A line with its drawing, for something that is so. With [onTap] the whole line leads on. [live] is said when it comes. */
@Composable
fun Notice(words: String, tone: Tone, icon: ImageVector, live: Boolean = false, onTap: (() -> Unit)? = null) {
    val touches = remember { MutableInteractionSource() }
    val focused by touches.collectIsFocusedAsState()
    val shape = RoundedCornerShape(CairnMeasure.corner)
    val colour = tone.words.here
    val tap = if (onTap == null) Modifier else Modifier.clickable(touches, indication = null, role = Role.Button, onClick = onTap)
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(focused)
            .defaultMinSize(minHeight = CairnMeasure.target)
            .background(tone.fill.here, shape)
            .border(edge(), colour, shape)
            .then(tap)
            .then(if (live) Modifier.semantics { liveRegion = LiveRegionMode.Polite } else Modifier)
            .padding(CairnSpace.m),
        horizontalArrangement = Arrangement.spacedBy(CairnSpace.s),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Drawing(icon, colour)
        Text(words, Modifier.weight(1f), color = colour, style = CairnType.body.here)
        if (onTap != null) Drawing(Icons.onward, colour)
    }
}
