package cairn.ui

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.toArgb
import androidx.compose.ui.unit.Dp
import cairn.present.samples.root
import cairn.present.samples.text
import cairn.ui.tokens.CairnColours
import cairn.ui.tokens.CairnMeasure
import cairn.ui.tokens.CairnSpace
import cairn.ui.tokens.CairnType
import cairn.ui.tokens.Face
import cairn.ui.tokens.HUGE_TEXT
import cairn.ui.tokens.LARGE_TEXT
import cairn.ui.tokens.Scheme
import cairn.ui.tokens.Shades
import kotlin.math.floor
import kotlin.math.pow
import kotlin.reflect.full.memberProperties
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.float
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** Colour, type and space are those of the table both shells share, and keep its promises of contrast. */
class TokensTest {
    private val table = Json.parseToJsonElement(root.resolve("tests/tokens.json").readText()).jsonObject
    private val colours = members<Shades>(CairnColours)

    private inline fun <reified T> members(owner: Any): Map<String, T> =
        owner::class.memberProperties.associate { it.name to it.getter.call(owner) as T }

    private fun part(name: String): JsonObject = table.getValue(name).jsonObject

    @Test
    fun `every colour has the value of the table in every set, and there is no other`() {
        assertEquals(table.getValue("schemes").jsonArray.map { it.text() }, Scheme.entries.map { it.name.replaceFirstChar(Char::lowercase) })
        val written = colours.mapValues { (_, shades) -> Scheme.entries.map { "#%06X".format(shades.within(it).toArgb() and 0xFFFFFF) } }
        assertEquals(part("colours").mapValues { (_, values) -> values.jsonArray.map { it.text() } }, written)
    }

    @Test
    fun `every pair has the contrast the table promises, and enough of it`() {
        for (pair in table.getValue("contrast").jsonArray.map { it.jsonObject }) {
            val of = pair.getValue("of").text()!!
            val least = part("leastContrast").getValue(pair.getValue("as").text()!!).jsonArray
            Scheme.entries.forEach { scheme ->
                val lowest = pair.getValue("on").jsonArray.minOf { ratio(colours.getValue(of).within(scheme), colours.getValue(it.text()!!).within(scheme)) }
                val promised = pair.getValue("ratio").jsonArray[scheme.ordinal].jsonPrimitive.double
                assertEquals("$of in $scheme", promised, floor(lowest * 10) / 10, 0.001)
                assertTrue("$of in $scheme has $lowest", lowest >= least[scheme.ordinal].jsonPrimitive.double)
            }
        }
    }

    @Test
    fun `every way of writing is the table's, and none is smaller than the last`() {
        val faces = members<Face>(CairnType)
        assertEquals(part("type").keys, faces.keys)
        part("type").forEach { (name, row) ->
            val (size, line, weight) = listOf("size", "line", "weight").map { row.jsonObject.getValue(it).jsonPrimitive.int }
            assertEquals(name, listOf(size, line, weight), faces.getValue(name).run { listOf(this.size, this.line, this.weight) })
        }
        assertEquals(faces.getValue("small").size, faces.values.minOf { it.size })
    }

    @Test
    fun `distances are the table's`() =
        assertEquals(part("space").mapValues { it.value.jsonPrimitive.float }, members<Dp>(CairnSpace).mapValues { it.value.value })

    @Test
    fun `sizes are the table's`() = members<Dp>(CairnMeasure).forEach { (name, size) ->
        assertEquals(name, part("measure").getValue(name).jsonPrimitive.float, size.value)
    }

    @Test
    fun `the layout changes at the table's sizes of text`() =
        assertEquals(listOf(LARGE_TEXT, HUGE_TEXT), listOf("large", "huge").map { part("textScale").getValue(it).jsonPrimitive.float })

    /** The contrast ratio of WCAG 2.2. */
    private fun ratio(one: Color, other: Color): Double {
        val (dark, light) = listOf(luminance(one), luminance(other)).sorted()
        return (light + 0.05) / (dark + 0.05)
    }

    private fun luminance(colour: Color): Double {
        val (red, green, blue) = listOf(16, 8, 0).map { shift ->
            val part = (colour.toArgb() shr shift and 0xFF) / 255.0
            if (part <= 0.04045) part / 12.92 else ((part + 0.055) / 1.055).pow(2.4)
        }
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
