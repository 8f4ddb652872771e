// swift-tools-version: 6.0
import PackageDescription

// `Generated/` is written by `cargo xtask swift files` and never checked in.
let package = Package(
    name: "CairnShell",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "CairnScreens", targets: ["Cairn", "CairnPresent", "CairnScreens"])
    ],
    targets: [
        // The border: C headers and the Swift files UniFFI makes for them.
        .systemLibrary(name: "CairnFFI", path: "Generated/CairnFFI"),
        .systemLibrary(name: "CairnCoreFFI", path: "Generated/CairnCoreFFI"),
        .target(
            name: "Cairn",
            dependencies: ["CairnFFI", "CairnCoreFFI"],
            path: "Generated/Cairn",
            swiftSettings: [.swiftLanguageMode(.v5)],
            // The app links the phone's library by itself: see project.yml.
            linkerSettings: [.linkedLibrary("cairn_bindings", .when(platforms: [.linux]))]
        ),
        // State, Event and Presenter of each screen. No SwiftUI.
        .target(name: "CairnPresent", dependencies: ["Cairn"]),
        // A core with given answers, for tests and previews.
        .target(name: "CairnFake", dependencies: ["CairnPresent"]),
        // Colours, type, space: values only.
        .target(name: "CairnTokens"),
        // The views. Empty where there is no SwiftUI.
        .target(name: "CairnScreens", dependencies: ["Cairn", "CairnPresent", "CairnTokens"]),
        // The Swift half of `cargo xtask bench-border`.
        .executableTarget(name: "CairnBench", dependencies: ["Cairn"]),
        .testTarget(name: "CairnTokensTests", dependencies: ["CairnTokens"]),
        .testTarget(name: "CairnShellTests", dependencies: ["CairnPresent", "CairnFake"]),
    ]
)
