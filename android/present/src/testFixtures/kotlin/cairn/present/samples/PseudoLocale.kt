package cairn.present.samples

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * `xr`, a language nobody speaks: every sentence in brackets, with marks on its letters and at least 40 % longer. A sentence that
 * did not come from the core or the catalogue stands there bare, and a layout that cuts long words shows it. The page is
 * mirrored beside this.
 */
object PseudoLocale {
    private const val BARE = "aeiouyAEIOUYcnswCNSW"
    private const val MARKED = "âêîôûŷÂÊÎÔÛŶçñšŵÇÑŠŴ"
    private const val PADDING = " ôñê tŵô thrêê fôûr fîvê šîx šêvên êîght nînê tên"

    /** The fields of the records that hold a sentence. */
    private val SAID = setOf(
        "title", "words", "date", "greeting", "empty", "what", "whenWhere", "stateWords", "spoken", "askWhy", "onWords",
        "feltQuestion", "band", "whyQuestion", "correctsWords", "offerRest", "help", "details", "announced",
    )

    /** A sentence as `xr` says it. */
    fun say(words: String): String {
        val marked = words.map { letter -> BARE.indexOf(letter).let { if (it < 0) letter else MARKED[it] } }.joinToString("")
        val longer = (words.length * 2 + 4) / 5 // 40 %, rounded up
        return "[$marked${PADDING.repeat(longer / PADDING.length + 1).take(longer)}]"
    }

    /** A page as `xr` says it. */
    fun page(json: JsonElement, said: Boolean = false): JsonElement = when (json) {
        is JsonObject -> JsonObject(json.mapValues { (name, value) -> page(value, name in SAID) })
        is JsonArray -> JsonArray(json.map { page(it, said) })
        is JsonPrimitive -> if (said && json.isString) JsonPrimitive(say(json.content)) else json
    }
}
