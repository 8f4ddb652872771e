#if canImport(SwiftUI) && canImport(Security)
import AVFoundation
import Cairn
import CairnPresent
import CairnScreens
import SwiftUI

/// The app: opens the home on this phone and shows it. It holds no rule.
@main
struct CairnApp: App {
    @State private var opened = Opened.not
    @State private var voice = Voice()

    var body: some Scene {
        WindowGroup {
            Group {
                switch opened {
                case .not: Color.clear
                case .record(let core): ShellView(core: core, around: Surroundings(sayAloud: voice.say))
                case .sentence(let words): Text(words).padding()
                }
            }
            .task { opened = await Opened.home() }
        }
    }
}

/// What came of opening the home.
private enum Opened {
    case not
    case record(RecordCore)
    case sentence(String)

    /// Opens the home, off the thread that draws.
    static func home() async -> Opened {
        let language: Lang = Locale.current.language.languageCode?.identifier == "cy" ? .cy : .en
        return await Task.detached { () -> Opened in
            do {
                guard let folder = try folder() else {
                    return .sentence(words(language: language, key: "app-no-record"))
                }
                let profile = try Profile.open(
                    folder: folder.path, keyVault: KeychainVault(), clock: DeviceClock(), entropy: DeviceEntropy(),
                    language: language)
                return .record(RecordCore(record: try profile.own(), language: language))
            } catch {
                let known = error as? Cairn.Error ?? .Storage(reason: "shell")
                return .sentence(errorSentence(error: known, language: language))
            }
        }.value
    }

    /// The folder of the home, if one was made: in the app's own storage, never in a backup of the phone.
    private static func folder() throws -> URL? {
        var folder = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        folder.append(path: "home", directoryHint: .isDirectory)
        guard homeStandsIn(folder: folder.path) else { return nil }
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try folder.setResourceValues(values)
        return folder
    }
}

/// The phone's voice.
@MainActor
private final class Voice {
    private let synthesiser = AVSpeechSynthesizer()

    func say(_ words: String) {
        synthesiser.speak(AVSpeechUtterance(string: words))
    }
}
#endif
