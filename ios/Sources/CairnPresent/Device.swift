import Cairn
import Foundation

/// The device's clock, with the offset of where the device is.
public final class DeviceClock: Clock {
    /// The clock.
    public init() {}

    public func now() throws -> Moment {
        let now = Date()
        let offset = TimeZone.current.secondsFromGMT(for: now) / 60
        return Moment(unixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)), offsetMinutes: Int32(offset))
    }
}

/// The device's random bytes, from the system's source, fit for keys.
public final class DeviceEntropy: Entropy {
    /// The source.
    public init() {}

    public func bytes(count: UInt32) throws -> Data {
        var source = SystemRandomNumberGenerator()
        return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) })
    }
}
