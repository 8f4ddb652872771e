package cairn.present.samples

import cairn.core.LogDayPage
import cairn.core.LogPage
import cairn.core.TodayPage
import cairn.present.LogDayState
import cairn.present.LogState
import cairn.present.Reach
import cairn.present.TodayState
import java.io.File
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** The folder of the project. */
val root: File = File(System.getProperty("cairn.root") ?: error("the build gives the property cairn.root")).canonicalFile

/** The samples both shells draw and test, read from `tests/samples`. */
class Samples<S : Any>(file: String, xr: Boolean, private val state: (view: JsonElement, shell: JsonObject) -> S) {
    private fun said(json: JsonElement, xr: Boolean) = if (xr) PseudoLocale.page(json) else json

    private val all = Json.parseToJsonElement(root.resolve("tests/samples/$file").readText()).jsonObject

    /** Every state by its name. */
    val states: Map<String, S> = all.getValue("samples").jsonArray.map { it.jsonObject }
        .associate { it.getValue("name").text()!! to state(said(it.getValue("view"), xr), said(it.getValue("shell"), xr).jsonObject) }

    /** What must follow from events. */
    val behaviour: List<JsonObject> = all.getValue("behaviour").jsonArray.map { it.jsonObject }

    companion object {
        /** Of today's page, with these screens built. */
        fun today(reach: Reach = Reach.everything, xr: Boolean = false) = Samples("today.json", xr) { view, shell ->
            TodayState(decode<TodayPage>(view), shell["openCard"].text(), shell["announced"].text(), reach)
        }

        /** Of the page of a planned time. */
        fun log(reach: Reach = Reach.everything, xr: Boolean = false) = Samples("log.json", xr) { view, shell ->
            LogState(decode<LogPage>(view), shell["amountTyped"].text()!!, shell["noteTyped"].text()!!, reach)
        }

        /** Of the page for another day. */
        fun logDay(reach: Reach = Reach.everything, xr: Boolean = false) = Samples("logDay.json", xr) { view, shell ->
            LogDayState(decode<LogDayPage>(view), shell["day"].text(), reach)
        }
    }
}
