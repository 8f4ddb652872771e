import Cairn
import CairnPresent
import Foundation

/// Marks the queue the main actor works on; never changed after it is made. On Linux any thread serves that queue, so
/// the thread says nothing.
private nonisolated(unsafe) let drawing: DispatchSpecificKey<Bool> = {
    let key = DispatchSpecificKey<Bool>()
    DispatchQueue.main.setSpecific(key: key, value: true)
    return key
}()

/// A clock that stands where a test puts it, and remembers whether it was asked where the shell draws.
final class SetClock: Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var moment: Moment
    private var askedOnMain = 0

    init(at moment: Moment) {
        self.moment = moment
    }

    func now() throws -> Moment {
        lock.withLock {
            if DispatchQueue.getSpecific(key: drawing) == true { askedOnMain += 1 }
            return moment
        }
    }

    func set(to moment: Moment) {
        lock.withLock { self.moment = moment }
    }

    /// How often it was asked where the shell draws.
    var timesAskedOnMain: Int {
        lock.withLock { askedOnMain }
    }
}

/// Bytes that follow from a seed, the same in every run.
final class SeededEntropy: Entropy, @unchecked Sendable {
    private let lock = NSLock()
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    func bytes(count: UInt32) throws -> Data {
        lock.withLock { Data((0..<count).map { _ in next() }) }
    }

    /// SplitMix64, one byte of each number.
    private func next() -> UInt8 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
    }
}

/// A key that is kept in memory, for as long as the test lives.
final class MemoryKeyVault: KeyVault, @unchecked Sendable {
    private let lock = NSLock()
    private var key: Data?

    func load() throws -> Data? {
        lock.withLock { key }
    }

    func save(key: Data) throws {
        lock.withLock { self.key = key }
    }
}

/// One device of a test: a folder with a real encrypted home, its key, its clock.
final class Home {
    /// Where the home is.
    let folder: URL
    /// Its clock.
    let clock: SetClock
    private let keys: MemoryKeyVault
    private let entropy: SeededEntropy
    /// What kills left, for as long as this device is there.
    private var leftBehind: [Home] = []

    /// A device that has nothing yet. Its folder goes when the test is over.
    convenience init(at local: String = "2026-03-17T09:40", in zone: String = "Europe/London") throws {
        try self.init(at: try moment(text: local, timeZone: zone), seed: 7)
    }

    /// The same at a moment, with random bytes that follow from a seed.
    init(at moment: Moment, seed: UInt64) throws {
        clock = SetClock(at: moment)
        entropy = SeededEntropy(seed: seed)
        keys = MemoryKeyVault()
        folder = Home.freshFolder()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The same device, its folder not there yet.
    private init(like other: Home) throws {
        (keys, clock, entropy) = (other.keys, other.clock, other.entropy)
        folder = Home.freshFolder()
    }

    private static func freshFolder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("cairn-\(UUID().uuidString)")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Founds the profile of a person in London.
    func create(_ name: String, in language: Lang = .en) throws -> Profile {
        try create(NewProfile(name: name, role: "person", zone: "Europe/London"), in: language)
    }

    /// Founds a profile.
    func create(_ profile: NewProfile, in language: Lang = .en) throws -> Profile {
        try Profile.create(
            folder: path, keyVault: keys, clock: clock, entropy: entropy, language: language, profile: profile
        )
    }

    /// Opens it again.
    func open(in language: Lang = .en) throws -> Profile {
        try Profile.open(folder: path, keyVault: keys, clock: clock, entropy: entropy, language: language)
    }

    /// What a kill would leave: a device with the files as they are while the home is still open.
    func asKilled() throws -> Home {
        let left = try Home(like: self)
        try FileManager.default.copyItem(at: folder, to: left.folder)
        leftBehind.append(left)
        return left
    }

    private var path: String { folder.path }
}

/// A record with one agreed plan, "Walk to the bench", 3 times a week from 16 March 2026.
func agreeOnBench(_ record: Record) throws -> Id {
    let goal = try record.goalAdd(words: "Walk to the shop and back")
    let plan = try record.planNew(
        goal: goal,
        answers: Answers(
            what: "Walk to the bench", when: "after breakfast", often: "3 times a week", from: "2026-03-16"
        )
    )
    _ = try record.planRate(plan: plan, value: "8")
    _ = try record.planAgree(plan: plan, agreeing: Agreeing(followUp: "2026-03-27", channel: "phone"))
    return plan
}
