package cairn.present.samples

import cairn.bridge.CairnCore
import cairn.core.LogDayPage
import cairn.core.LogPage
import cairn.core.ProblemView
import cairn.core.Saying
import cairn.core.TodayPage

/**
 * A core of samples. It writes down every change it is asked for, each as a list: the name, then the arguments.
 * After an answer is kept it shows [after] where today's page was [today].
 */
class FakeCore(
    private val today: TodayPage? = null,
    private val after: TodayPage? = null,
    private val log: LogPage? = null,
    private val logDay: LogDayPage? = null,
    private val words: (String) -> String = { "[$it]" },
) : CairnCore {
    /** The changes asked for, in their order. */
    val calls = mutableListOf<List<Any?>>()

    /** What was typed and not finished. */
    val drafts = mutableMapOf<String, String>()

    /** What the next call is refused with. */
    var trouble: cairn.core.Exception? = null

    private var kept = false

    override fun words(key: String) = words.invoke(key)

    override fun problem(trouble: cairn.core.Exception) = ProblemView(trouble::class.simpleName!!, "[trouble]", listOf())

    override fun today(): TodayPage = read((if (kept) after else null) ?: today)

    override fun logPage(plan: String, on: String?, did: String?): LogPage = read(log).let { page ->
        page.copy(did = did ?: page.did, answers = page.answers.map { it.copy(chosen = it.value == (did ?: page.did)) })
    }

    override fun correctPage(entry: String): LogPage = read(log)

    override fun logDayPage(plan: String?): LogDayPage = read(logDay).also { if (plan != null) calls += listOf("logDayPage", plan) }

    override fun log(plan: String, saying: Saying): String = act("log", plan, saying).let { "entry-1" }

    override fun correct(entry: String, saying: Saying): String = act("correct", entry, saying).let { entry }

    override fun startAgain() = act("startAgain")

    override fun draft(page: String) = drafts[page]

    override fun keepDraft(page: String, text: String) {
        act("keepDraft", page, text)
        drafts[page] = text
    }

    private fun <T> read(page: T?): T {
        refuse()
        return page ?: error("this core was given no such page")
    }

    private fun act(vararg call: Any?) {
        refuse()
        kept = true
        calls += call.toList()
    }

    private fun refuse() {
        trouble?.let {
            trouble = null
            throw it
        }
    }
}
