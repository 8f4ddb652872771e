package cairn.bridge

import cairn.Clock
import cairn.Entropy
import cairn.Moment
import java.security.SecureRandom
import java.time.OffsetDateTime

/** The device's clock, with the offset of where the device is. */
object DeviceClock : Clock {
    override fun now(): Moment = OffsetDateTime.now().let { Moment(it.toEpochSecond(), it.offset.totalSeconds / SECONDS) }

    private const val SECONDS = 60
}

/** The device's random bytes, fit for keys. */
object DeviceEntropy : Entropy {
    private val source = SecureRandom()

    override fun bytes(count: UInt) = ByteArray(count.toInt()).also(source::nextBytes)
}
