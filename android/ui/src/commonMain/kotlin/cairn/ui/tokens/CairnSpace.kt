package cairn.ui.tokens

import androidx.compose.ui.unit.dp

/** Every distance between things. */
object CairnSpace {
    val xs = 4.dp
    val s = 8.dp
    val m = 12.dp
    val l = 16.dp
    val xl = 24.dp
    val xxl = 32.dp
    val xxxl = 48.dp
}

/** Sizes of the page and of what is on it. Heights are the least there is, never fixed. */
object CairnMeasure {
    val pageMargin = 16.dp
    /** The margin from [wideFrom] on. */
    val pageMarginWide = 24.dp
    val wideFrom = 600.dp
    /** No line is longer than this. */
    val readingWidth = 560.dp
    val corner = 8.dp
    val cardCorner = 12.dp
    /** The least width and height of anything that can be tapped. */
    val target = 48.dp
    /** The least distance between two targets. */
    val targetApart = 8.dp
    /** The least height of answers and main buttons. */
    val answerHeight = 56.dp
    val icon = 24.dp
    val hairline = 1.dp
    val hairlineHighContrast = 2.dp
    val chosenBorder = 3.dp
    /** The width of each of the two rings round what has the keyboard. */
    val focusRing = 3.dp
}
