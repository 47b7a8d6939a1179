// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "switchboard",
    products: [
        .executable(name: "switchboard", targets: ["switchboard"]),
        .library(name: "Switchboard", targets: ["Queueing", "Tabular", "Simulator", "Planning", "Reports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        // The last release line that keeps repeated mapping keys: we report both lines of a repeated
        // key together with every other problem, where later releases stop at the first one.
        .package(url: "https://github.com/jpsim/Yams", exact: "5.0.1"),
    ],
    targets: [
        .target(
            name: "CGSL", linkerSettings: [.linkedLibrary("gsl"), .linkedLibrary("gslcblas"), .linkedLibrary("m")]),
        // SHA-256 for run folders, from the library every Debian machine has: no 400 C files to compile.
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        // Deflate for gzip files, likewise.
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "Queueing", dependencies: ["CGSL"]),
        .target(name: "Tabular"),
        .target(name: "Simulator", dependencies: ["Queueing", "Tabular", .product(name: "Yams", package: "Yams")]),
        .target(name: "Planning", dependencies: ["Queueing", "Tabular", "Simulator"]),
        .target(
            name: "Reports",
            dependencies: ["Queueing", "Tabular", "Simulator", "Planning", "COpenSSL", "CZlib"]),
        .executableTarget(
            name: "switchboard",
            dependencies: [
                "Queueing", "Tabular", "Simulator", "Planning", "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(
            name: "QueueingTests", dependencies: ["Queueing", "CGSL", "TestSupport"], resources: [.copy("Tables")]),
        .testTarget(
            name: "SimulatorTests", dependencies: ["Simulator", "Tabular", "TestSupport"],
            resources: [.copy("Examples")]),
        .testTarget(name: "PlanningTests", dependencies: ["Planning", "Simulator", "Tabular", "TestSupport"]),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "Tabular", "TestSupport"]),
        .testTarget(
            name: "CommandTests", dependencies: ["switchboard", "Reports", "Tabular", "TestSupport"],
            resources: [.copy("Transcripts")]),
        .testTarget(
            name: "ValidationTests", dependencies: ["Simulator", "Planning", "Reports", "Tabular", "TestSupport"],
            resources: [.copy("Tables")]),
    ],
    swiftLanguageModes: [.v6]
)
