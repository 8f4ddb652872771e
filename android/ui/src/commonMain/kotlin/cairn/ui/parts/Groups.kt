package cairn.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.CollectionInfo
import androidx.compose.ui.semantics.CollectionItemInfo
import androidx.compose.ui.semantics.collectionInfo
import androidx.compose.ui.semantics.collectionItemInfo
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import cairn.core.ScaleCell
import cairn.ui.tokens.CairnSpace

/** One answer of a group: its words, and whether it is picked. [spoken] is what is said where that is more. */
class Option(val words: String, val chosen: Boolean, val spoken: String? = null, val onTap: () -> Unit)

/**
 * Radio buttons, one under the other. The group says its question, each button which of how many it is. What follows from
 * the one that is chosen stands right [under] it. Where the page's title is the question, it is not [shown] again.
 */
@Composable
fun ChoiceList(question: String, options: List<Option>, shown: Boolean = true, under: @Composable () -> Unit = {}) {
    Group(question, options.size, shown) {
        options.forEachIndexed { at, option ->
            Radio(option, at, Modifier.fillMaxWidth(), row = true)
            if (option.chosen) under()
        }
    }
}

/** 0 to 10 in rows of four; each band begins a row under its words. */
@Composable
fun Scale(question: String, cells: List<ScaleCell>, onPick: (Long) -> Unit) {
    Group(question, cells.size) {
        var at = 0
        bands(cells).forEach { band ->
            band.first().band?.let { Second(it) }
            Row(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(CairnSpace.s)) {
                band.forEach { cell ->
                    Radio(Option(cell.value.toString(), cell.chosen, cell.spoken) { onPick(cell.value) }, at++, Modifier.weight(1f), row = false)
                }
                repeat(COLUMNS - band.size) { Spacer(Modifier.weight(1f)) }
            }
        }
    }
}

private const val COLUMNS = 4

/** The cells of each band: a cell with words begins one. */
private fun bands(cells: List<ScaleCell>): List<List<ScaleCell>> =
    cells.fold(listOf()) { done, cell ->
        if (cell.band != null || done.isEmpty()) done + listOf(listOf(cell)) else done.dropLast(1) + listOf(done.last() + cell)
    }

@Composable
private fun Group(question: String, size: Int, shown: Boolean = true, content: @Composable () -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(CairnSpace.s)) {
        if (shown) Heading(question)
        Column(
            Modifier.selectableGroup().semantics {
                contentDescription = question
                collectionInfo = CollectionInfo(rowCount = size, columnCount = 1)
            },
            verticalArrangement = Arrangement.spacedBy(CairnSpace.s),
        ) { content() }
    }
}

@Composable
private fun Radio(option: Option, at: Int, modifier: Modifier, row: Boolean) {
    val place = Modifier.semantics { collectionItemInfo = CollectionItemInfo(at, 1, 0, 1) }
    Choice(option.words, option.chosen, option.onTap, modifier.then(place), row, option.spoken)
}
