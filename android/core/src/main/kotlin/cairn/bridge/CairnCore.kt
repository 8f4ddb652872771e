package cairn.bridge

import cairn.core.Id
import cairn.core.LogDayPage
import cairn.core.LogPage
import cairn.core.ProblemView
import cairn.core.Saying
import cairn.core.TodayPage

/**
 * All that presenters ask of the core, about one person's record.
 *
 * Every call is short and blocks: it is made off the thread that draws. What is refused is thrown as `cairn.core.Exception`,
 * and [problem] says it in words.
 */
interface CairnCore {
    /** Words of the catalogue that stand still, in the language chosen. */
    fun words(key: String): String

    /** What happened, what is safe and what to do, in words. */
    fun problem(trouble: cairn.core.Exception): ProblemView

    /** The page of today. */
    fun today(): TodayPage

    /** The page with the details of a planned time: of a plan today, with the answer given so far. */
    fun logPage(plan: Id, on: String?, did: String?): LogPage

    /** The page that adds to or corrects an entry. */
    fun correctPage(entry: Id): LogPage

    /** The page to write for another day; without a plan it is about the first that runs. */
    fun logDayPage(plan: Id?): LogDayPage

    /** Keeps an answer; the id of the entry. On the disk when it returns. */
    fun log(plan: Id, saying: Saying): Id

    /** Keeps a correction beside what it corrects; what is not said stays. */
    fun correct(entry: Id, saying: Saying): Id

    /** Ends the rest of everything that rests. */
    fun startAgain()

    /** What was typed on a page and not finished. */
    fun draft(page: String): String?

    /** Keeps what was typed on a page, on this device only; empty text forgets it. */
    fun keepDraft(page: String, text: String)
}
