package cairn.ui.log

import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import cairn.core.EntryView
import cairn.present.LogEvent
import cairn.present.LogState
import cairn.present.PageEvent
import cairn.present.ScreenName
import cairn.ui.parts.Body
import cairn.ui.parts.Card
import cairn.ui.parts.ChoiceList
import cairn.ui.parts.Heading
import cairn.ui.parts.Icons
import cairn.ui.parts.MainButton
import cairn.ui.parts.Notice
import cairn.ui.parts.Option
import cairn.ui.parts.OtherButton
import cairn.ui.parts.Page
import cairn.ui.parts.Scale
import cairn.ui.parts.Second
import cairn.ui.parts.TextBox
import cairn.ui.parts.Tone
import cairn.ui.parts.Words

/** Shows the details of one planned time; holds nothing and decides nothing. Everything but the answer may be left out. */
@Composable
fun LogView(state: LogState, words: Words, on: (LogEvent) -> Unit) {
    val view = state.view
    Page(state.page, state.reach, words, on) {
        if (view.answers.isEmpty()) return@Page
        Card {
            Body(view.what)
            Second(view.onWords)
        }
        Before(view.corrects, view.correctsWords)
        view.whyQuestion?.let { question ->
            ChoiceList(question, view.reasons.map { Option(it.words, it.chosen) { on(LogEvent.PickReason(it.why)) } })
        }
        view.offerRest?.let { offer ->
            val rest = { on(PageEvent.OpenPlace(ScreenName.Rest)) }
            if (ScreenName.Rest in state.reach) Notice(offer, Tone.Notice, Icons.look, onTap = rest)
        }
        // The answer is kept already: it comes after what is asked about it.
        Heading(words("log-change"))
        ChoiceList(
            state.page.title,
            view.answers.map { Option(it.words, it.chosen) { on(LogEvent.PickDid(it.value)) } },
            shown = false,
        )
        Scale(view.feltQuestion, view.felt) { on(LogEvent.PickFelt(it)) }
        key(view.draftPage) {
            TextBox(words("log-amount-question"), state.amountTyped, lines = 1) { on(LogEvent.TypeAmount(it)) }
            TextBox(words("log-note-question"), state.noteTyped, lines = 3) { on(LogEvent.TypeNote(it)) }
        }
        Notice(view.help, Tone.Notice, Icons.look)
        MainButton(words("log-save"), { on(LogEvent.Save) })
        OtherButton(words("log-skip"), { on(LogEvent.Skip) })
    }
}

/** What was written before: it is kept, and shown. */
@Composable
private fun Before(versions: List<EntryView>, said: String?) {
    if (versions.isEmpty()) return
    Card {
        versions.forEach { version ->
            Body(version.words)
            version.details.forEach { Second(it) }
        }
        said?.let { Second(it) }
    }
}
