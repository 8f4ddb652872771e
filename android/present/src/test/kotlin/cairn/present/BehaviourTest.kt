package cairn.present

import cairn.core.Saying
import cairn.present.samples.FakeCore
import cairn.present.samples.Samples
import cairn.present.samples.text
import kotlin.reflect.KClass
import kotlin.reflect.full.primaryConstructor
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.long
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** What follows from each event, as `tests/samples` says for both shells. */
class BehaviourTest {
    private val around = Surroundings(Reach.everything)

    @Test
    fun `today does what the samples say`() = Samples.today().run {
        follow(behaviour, TodayEvent::class) { case ->
            val core = FakeCore(today = states.getValue(case.string("from")!!).view, after = case.string("after")?.let { states.getValue(it).view })
            core to TodayPresenter(core, around)
        }
    }

    @Test
    fun `the log page does what the samples say`() = Samples.log().run {
        follow(behaviour, LogEvent::class) { case ->
            val core = FakeCore(log = states.getValue(case.string("from")!!).view)
            core to LogPresenter(core, around, entry = "entry-1")
        }
    }

    @Test
    fun `the page for another day does what the samples say`() = Samples.logDay().run {
        follow(behaviour, LogDayEvent::class) { case ->
            val core = FakeCore(logDay = states.getValue(case.string("from")!!).view)
            core to LogDayPresenter(core, around)
        }
    }

    private fun <S : Any, E : Any> follow(cases: List<JsonObject>, events: KClass<E>, open: (JsonObject) -> Pair<FakeCore, Presenter<S, E>>) {
        assertTrue("there are behaviours", cases.isNotEmpty())
        for (case in cases) {
            val name = case.string("name")
            val (core, presenter) = open(case)
            val gone = Channel<Go>(Channel.UNLIMITED)
            val scope = CoroutineScope(Dispatchers.Unconfined)
            scope.launch { presenter.goes.collect { gone.send(it) } }
            presenter.begin(scope, Dispatchers.Unconfined)
            for (event in case.getValue("events").jsonArray) presenter.on(made(event.jsonObject, events))
            assertEquals("$name: calls", case.getValue("calls").jsonArray.map { call -> call.jsonArray.map(::argument) }, core.calls)
            assertEquals("$name: goes", case["go"].takeIf { it !is JsonNull }?.let { plain(it.jsonObject) }, gone.tryReceive().getOrNull()?.let(::named))
            assertTrue("$name: goes once", gone.tryReceive().isFailure)
            val shown = presenter.state.value!!
            (case["shell"] as? JsonObject)?.let { shell ->
                shell.forEach { (field, value) -> assertEquals("$name: $field", value.text(), property(shown, field)) }
            }
            (case["view"] as? JsonObject)?.let { view -> marked(name, (shown as LogState), view) }
            scope.cancel()
        }
    }

    private fun marked(name: String?, shown: LogState, view: JsonObject) = view.forEach { (field, value) ->
        val now: Any? = when (field) {
            "felt" -> shown.view.felt.singleOrNull { it.chosen }?.value
            "why" -> shown.view.reasons.singleOrNull { it.chosen }?.why
            "offerRest" -> shown.view.offerRest
            else -> error("no such mark: $field")
        }
        assertEquals("$name: $field", argument(value), now)
    }

    /** The event of this name, wherever it is declared: the screen's own, or one of every page. */
    @Suppress("UNCHECKED_CAST")
    private fun <E : Any> made(event: JsonObject, events: KClass<E>): E {
        val name = event.string("name")
        val kind = (events.sealedSubclasses + PageEvent::class.sealedSubclasses).first { it.simpleName == name }
        kind.objectInstance?.let { return it as E }
        val arguments = kind.primaryConstructor!!.parameters.associateWith { parameter ->
            val given = event.getValue(parameter.name!!)
            if (parameter.type.classifier == ScreenName::class) ScreenName.valueOf(given.text()!!) else argument(given)
        }
        return kind.primaryConstructor!!.callBy(arguments) as E
    }

    private fun argument(json: JsonElement): Any? = when (json) {
        is JsonNull -> null
        is JsonObject -> Saying(
            did = json.string("did"), on = json.string("on"), amount = json.string("amount"),
            felt = json["felt"]?.let { (it as JsonPrimitive).long }, why = json.string("why"), note = json.string("note"),
        )
        is JsonPrimitive -> if (json.isString) json.content else json.long
        else -> error("no argument: $json")
    }

    private fun plain(json: JsonObject): Map<String, String?> = json.mapValues { it.value.text() }

    /** A way to go as the samples write it. */
    private fun named(go: Go): Map<String, String?> = mapOf("to" to go.to.named.name) + when (val to = go.to) {
        is Screen.Log -> mapOf("entry" to to.entry)
        is Screen.PlanView -> mapOf("plan" to to.plan)
        is Screen.Offer -> mapOf("id" to to.id)
        is Screen.FollowUp -> mapOf("id" to to.id)
        is Screen.Disagreement -> mapOf("id" to to.id)
        else -> mapOf()
    }

    private fun property(shown: Any, field: String) = shown::class.members.first { it.name == field }.call(shown)

    private fun JsonObject.string(key: String) = this[key].text()
}
