package cairn.present.samples

import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.typeOf
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long

/** Makes a generated record from JSON, by the names of its fields; a field too many or too few is refused. */
inline fun <reified T> decode(json: JsonElement): T = decode(json, typeOf<T>()) as T

fun decode(json: JsonElement, type: KType): Any? {
    if (json is JsonNull) return null.also { require(type.isMarkedNullable) { "null for $type" } }
    return when (val kind = type.classifier as KClass<*>) {
        String::class -> json.jsonPrimitive.also { require(it.isString) { "$it for $type" } }.content
        Boolean::class -> json.jsonPrimitive.boolean
        Long::class -> json.jsonPrimitive.long
        UInt::class -> json.jsonPrimitive.long.toUInt()
        ULong::class -> json.jsonPrimitive.long.toULong()
        List::class -> (json as JsonArray).map { decode(it, type.arguments.single().type!!) }
        else -> record(json as JsonObject, kind)
    }
}

private fun record(json: JsonObject, kind: KClass<*>): Any {
    val made = kind.primaryConstructor ?: error("$kind is no record")
    val names = made.parameters.map { it.name!! }
    require(names.toSet() == json.keys) { "$kind has $names, the sample has ${json.keys}" }
    return made.callBy(made.parameters.associateWith { decode(json.getValue(it.name!!), it.type) })
}

/** The words of a value, or nothing. */
fun JsonElement?.text(): String? = (this as? JsonPrimitive)?.takeIf { it !is JsonNull }?.content
