package cairn.journey

import cairn.Journey
import cairn.JourneyDevice
import cairn.JourneyStep
import cairn.Profile
import cairn.Record
import cairn.bridge.DeviceEntropy
import cairn.core.Lang
import cairn.core.NewProfile
import cairn.present.samples.FileKeyVault
import cairn.present.samples.StandingClock
import java.io.File
import java.lang.reflect.InvocationTargetException
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.full.instanceParameter
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.full.valueParameters

/** A step that was not as the journey says: its number from 1, and why. */
class Refused(val step: Int, why: String) : RuntimeException("step $step: $why")

/**
 * Plays a journey on fresh homes through the generated bindings. A command is the method of its name, and so are its
 * arguments: a name changed at the border stops the journey. Whether a step went as it says is judged by the library.
 */
class Player(private val journey: Journey, folder: File) : AutoCloseable {
    private val devices = journey.devices().associate { it.id to Device(it, folder.resolve(it.id).apply { mkdirs() }) }

    /** Plays every step; how many there were. */
    fun play(): Int {
        val count = journey.count().toInt()
        repeat(count) { at -> play(journey.step(at.toUInt()))?.let { why -> throw Refused(at + 1, why) } }
        return count
    }

    override fun close() = devices.values.forEach { it.profile.close() }

    /** Plays a step; nothing, or why it is not as the journey says. */
    private fun play(step: JourneyStep): String? {
        val device = devices.getValue(step.device())
        device.clock.set(step.at())
        if (step.name() == "crash") return null.also { device.openAgain() }
        val own = device.profile.own()
        val record = if (step.isForPerson()) own.forPerson() else own
        return try {
            val came = call(record, step)
            if (step.isCheck()) journey.judgeAnswer(step, came as String) else journey.judgeDone(step, (came as? List<*>)?.first() as String? ?: came as String?)
        } catch (refused: InvocationTargetException) {
            journey.judgeRefused(step, refused.targetException as? cairn.core.Exception ?: throw refused.targetException)
        }
    }

    /** Calls the method of a command, such as `planNew` for `plan.new`, or `planShowJson` for the check `plan.show`. */
    private fun call(record: Record, step: JourneyStep): Any? {
        val name = camel(step.name()) + if (step.isCheck()) "Json" else ""
        val method = Record::class.memberFunctions.singleOrNull { it.name == name } ?: throw NoSuchMethodException("the bindings have no $name")
        return method.callBy(mapOf(method.instanceParameter!! to record) + arguments(method, step))
    }

    private fun arguments(method: KFunction<*>, step: JourneyStep): Map<KParameter, Any> = method.valueParameters.mapNotNull { parameter ->
        val kind = parameter.type.classifier as KClass<*>
        val value = if (kind.isData) record(method, kind, step) else argument(method, parameter, step)
        value?.let { parameter to it }
    }.toMap()

    /** A record of several answers, such as what is said of a planned time, from the arguments that have its names. */
    private fun record(method: KFunction<*>, kind: KClass<*>, step: JourneyStep): Any {
        val made = kind.primaryConstructor!!
        return made.callBy(made.parameters.mapNotNull { field -> argument(method, field, step)?.let { field to it } }.toMap())
    }

    private fun argument(method: KFunction<*>, parameter: KParameter, step: JourneyStep): Any? {
        val name = RENAMED[parameter.name] ?: parameter.name!!.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }
        return when (parameter.type.classifier) {
            Long::class -> step.optNumber(name)
            Boolean::class -> step.flag(name)
            List::class -> step.list(name)
            else -> if (name in WORDS || name == "why" && method.name in REASONED) step.optWord(name) else step.opt(name)
        }
    }

    private class Device(given: JourneyDevice, private val folder: File) {
        val clock = StandingClock().apply { set(given.madeAt) }
        private val key = FileKeyVault(folder.resolve("key"))
        var profile = Profile.create(
            folder.path, key, clock, DeviceEntropy, Lang.EN,
            NewProfile(given.name, given.role, given.title, given.born, given.zone),
        )
            private set

        /** Opens the files again as a new start finds them. */
        fun openAgain() {
            profile.close()
            profile = Profile.open(folder.path, key, clock, DeviceEntropy, Lang.EN)
        }
    }

    private companion object {
        /** Names of the bindings that journeys say otherwise. */
        val RENAMED = mapOf("on" to "on_date", "at" to "at_time", "place" to "where", "dueOnly" to "due")

        /** Arguments that are one of some fixed words, written with a hyphen or an underscore. */
        val WORDS = setOf("did", "section", "kind", "channel", "reach", "next", "result")

        /** Methods whose `why` is a fixed word, too. */
        val REASONED = setOf("log", "logCorrect", "planPause", "rest")

        fun camel(name: String) = name.split('.', '_').reduce { done, part -> done + part.replaceFirstChar(Char::uppercase) }
    }
}
