package cairn.ui.parts

import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.ColorFilter
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathBuilder
import androidx.compose.ui.graphics.vector.path
import androidx.compose.ui.unit.dp
import cairn.ui.tokens.CairnMeasure

/** A line drawing. Words always stand beside it, so a screen reader is not told of it. */
@Composable
fun Drawing(icon: ImageVector, colour: Color, modifier: Modifier = Modifier) {
    Image(icon, contentDescription = null, modifier.size(CairnMeasure.icon), colorFilter = ColorFilter.tint(colour))
}

/** Our own line drawings, 24 by 24. */
object Icons {
    val tick = drawing("tick") { moveTo(5f, 13f); lineTo(10f, 18f); lineTo(19f, 7f) }
    /** Leads on; points the other way where writing goes from right to left. */
    val onward = drawing("onward", mirrors = true) { moveTo(9f, 5f); lineTo(16f, 12f); lineTo(9f, 19f) }
    /** Leads back; points the other way where writing goes from right to left. */
    val back = drawing("back", mirrors = true) { moveTo(15f, 5f); lineTo(8f, 12f); lineTo(15f, 19f) }
    /** A clock: something waits, or rests. */
    val clock = drawing("clock") {
        moveTo(12f, 3f); arcTo(9f, 9f, 0f, true, true, 11.99f, 3f); close()
        moveTo(12f, 7f); lineTo(12f, 12f); lineTo(15.5f, 14f)
    }
    /** Something to look at. */
    val look = drawing("look") {
        moveTo(12f, 3f); arcTo(9f, 9f, 0f, true, true, 11.99f, 3f); close()
        moveTo(12f, 7f); lineTo(12f, 13f); moveTo(12f, 16.5f); lineTo(12f, 17f)
    }
    /** A flag: an information need. */
    val flag = drawing("flag") { moveTo(6f, 21f); lineTo(6f, 4f); lineTo(18f, 4f); lineTo(15f, 8.5f); lineTo(18f, 13f); lineTo(6f, 13f) }
    /** A house: today. */
    val house = drawing("house") { moveTo(4f, 11f); lineTo(12f, 4f); lineTo(20f, 11f); lineTo(20f, 20f); lineTo(4f, 20f); close() }

    private fun drawing(name: String, mirrors: Boolean = false, lines: PathBuilder.() -> Unit) =
        ImageVector.Builder(name, 24.dp, 24.dp, 24f, 24f, autoMirror = mirrors).path(
            stroke = SolidColor(Color.Black), strokeLineWidth = 2f,
            strokeLineCap = StrokeCap.Round, strokeLineJoin = StrokeJoin.Round, pathBuilder = lines,
        ).build()
}
