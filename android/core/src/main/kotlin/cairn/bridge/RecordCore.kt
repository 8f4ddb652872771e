package cairn.bridge

import cairn.Record
import cairn.core.Id
import cairn.core.Lang
import cairn.core.ProblemView
import cairn.core.Saying
import cairn.errorCode
import cairn.errorSentence

/** One person's record as presenters see it, in one language. */
class RecordCore(private val record: Record, private val language: Lang) : CairnCore {
    override fun words(key: String) = cairn.words(language, key)

    override fun problem(trouble: cairn.core.Exception) =
        ProblemView(code = errorCode(trouble), words = errorSentence(trouble, language), ways = listOf())

    override fun today() = record.today()

    override fun logPage(plan: Id, on: String?, did: String?) = record.logPage(plan, on, did)

    override fun correctPage(entry: Id) = record.correctPage(entry)

    override fun logDayPage(plan: Id?) = record.logDayPage(plan)

    override fun log(plan: Id, saying: Saying) = record.log(plan, saying)

    override fun correct(entry: Id, saying: Saying) = record.logCorrect(entry, saying)

    override fun startAgain() {
        record.startAgain()
    }

    override fun draft(page: String) = record.draftGet(page)

    override fun keepDraft(page: String, text: String) = record.draftPut(page, text)
}
