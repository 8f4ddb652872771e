package cairn.present.samples

import cairn.Clock
import cairn.Entropy
import cairn.KeyVault
import cairn.Moment
import cairn.Profile
import cairn.Record
import cairn.bridge.DeviceEntropy
import cairn.bridge.RecordCore
import cairn.core.Agreeing
import cairn.core.Answers
import cairn.core.Lang
import cairn.core.NewProfile
import java.io.File

/** A clock that stands until it is set. */
class StandingClock : Clock {
    private var moment = Moment(unixSeconds = 0, offsetMinutes = 0)

    /** Sets it to a local time in London. */
    fun set(local: String) = set(cairn.moment(local, "Europe/London"))

    /** Sets it. */
    fun set(to: Moment) {
        moment = to
    }

    override fun now() = moment
}

/** The key of an invented home, in a file. */
class FileKeyVault(private val file: File) : KeyVault {
    override fun load(): ByteArray? = file.takeIf { it.exists() }?.readBytes()

    override fun save(key: ByteArray) = file.writeBytes(key)
}

/** An invented person's home, kept by the real library in real encrypted files. */
class RealHome(private val folder: File, private val language: Lang = Lang.EN) {
    /** The home's clock. */
    val clock = StandingClock().apply { set("2026-03-17T09:40") }
    private val entropy: Entropy = DeviceEntropy
    private val key = FileKeyVault(folder.resolve("key"))

    /** Makes the home of Mary, who agreed two plans last week and told nobody else of them. */
    fun makeMary(): RealHome = apply {
        clock.set("2026-03-13T10:00")
        val profile = Profile.create(folder.path, key, clock, entropy, language, NewProfile("Mary Evans", "person", zone = "Europe/London"))
        profile.use {
            val record = profile.own()
            val goal = record.goalAdd(said("See my grandson play on Saturdays", "Gweld fy ŵyr yn chwarae ar ddydd Sadwrn"), 9, 7)
            agree(record, goal, BENCH)
            agree(record, goal, CHOP)
        }
        clock.set("2026-03-17T09:40")
    }

    private fun said(english: String, welsh: String) = if (language == Lang.CY) welsh else english

    private fun agree(record: Record, goal: String, plan: Planned) {
        val made = record.planNew(
            goal,
            Answers(
                what = said(plan.what, plan.whatWelsh), `when` = said(plan.time, plan.timeWelsh), place = said(plan.place, plan.placeWelsh),
                often = plan.often,
            ),
        )
        record.planRate(made, "8")
        record.planAgree(made, Agreeing(followUp = "2026-03-27", channel = "phone"))
    }

    /** Opens the home again, as a new start of the app does. */
    fun open(): Opened = Opened(Profile.open(folder.path, key, clock, entropy, language), language)

    /** An open home. */
    class Opened(private val profile: Profile, language: Lang) : AutoCloseable by profile {
        /** The person's own record. */
        val record: Record = profile.own()

        /** The record as presenters see it. */
        val core = RecordCore(record, language)
    }

    private class Planned(
        val what: String, val whatWelsh: String, val time: String, val timeWelsh: String,
        val place: String, val placeWelsh: String, val often: String,
    )

    private companion object {
        val BENCH = Planned(
            "Walk to the bench, sit for 5 minutes, walk home", "Cerdded i'r fainc, eistedd am 5 munud, cerdded adref",
            "After breakfast", "Ar ôl brecwast", "along Mill Lane", "ar hyd Lôn y Felin", "3 times a week",
        )
        val CHOP = Planned(
            "Chop vegetables sitting down", "Torri llysiau ar eu heistedd",
            "Before dinner", "Cyn cinio", "at the kitchen table", "wrth fwrdd y gegin", "every day",
        )
    }
}
