package cairn.bridge

import cairn.Clock
import cairn.KeyVault
import cairn.Moment
import cairn.Profile
import cairn.core.Lang
import cairn.core.Saying

/**
 * The Kotlin half of `cargo xtask bench-border`, which says in its environment what to measure on: prints the median of
 * nanoseconds a call, of `today` and of `log`.
 */
fun main() {
    val rounds = given("ROUNDS").toInt()
    val now = Moment(given("NOW").toLong(), offsetMinutes = 0)
    val clock = object : Clock { override fun now() = now }
    Profile.open(given("HOME"), GivenKey, clock, DeviceEntropy, Lang.EN).use { profile ->
        val record = profile.own()
        val plan = given("PLAN")
        println("today ${median(rounds) { record.today() }}")
        println("log ${median(rounds) { record.log(plan, Saying(did = "did")) }}")
    }
}

private object GivenKey : KeyVault {
    override fun load(): ByteArray = given("KEY").chunked(2) { it.toString().toInt(radix = 16).toByte() }.toByteArray()

    override fun save(key: ByteArray) = throw cairn.core.Exception.WrongKey()
}

private fun given(name: String): String = System.getenv("CAIRN_BENCH_$name") ?: error("CAIRN_BENCH_$name is not given")

private fun median(rounds: Int, call: () -> Unit): Long {
    repeat(rounds / 10) { call() }
    return List(rounds) { System.nanoTime().let { before -> call(); System.nanoTime() - before } }.sorted()[rounds / 2]
}
