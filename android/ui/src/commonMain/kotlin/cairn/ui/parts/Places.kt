package cairn.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import cairn.present.PageEvent
import cairn.present.Reach
import cairn.present.ScreenName
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.TextSize
import cairn.ui.tokens.textSize

/** The places there are. With huge text they stand one under the other at the end of the page. */
@Composable
fun Places(reach: Reach, words: Words, on: (PageEvent) -> Unit, here: ScreenName?) {
    val place = @Composable { name: ScreenName, modifier: Modifier ->
        PlaceTab(words(key(name)), name == here, { on(PageEvent.OpenPlace(name)) }, modifier)
    }
    Column(Modifier.fillMaxWidth().background(CairnColours.surface.here)) {
        HorizontalDivider(thickness = edge(), color = CairnColours.hair.here)
        if (textSize() == TextSize.Huge) {
            Column(Modifier.selectableGroup().padding(CairnSpace.s), Arrangement.spacedBy(CairnSpace.s)) {
                reach.places.forEach { place(it, Modifier.fillMaxWidth()) }
            }
        } else {
            Row(Modifier.selectableGroup().fillMaxWidth().padding(CairnSpace.s), Arrangement.spacedBy(CairnSpace.s)) {
                reach.places.forEach { place(it, Modifier.weight(1f)) }
            }
        }
    }
}

private fun key(place: ScreenName) = when (place) {
    ScreenName.Goals -> "place-goals"
    ScreenName.More -> "place-more"
    else -> "place-today"
}
