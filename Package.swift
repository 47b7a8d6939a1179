// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "switchboard",
    products: [
        .executable(name: "switchboard", targets: ["Commands"]),
        .library(
            name: "Switchboard",
            targets: [
                "Switchboard", "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading",
                "Simulator", "Experiments", "Planning", "Documents", "Reports", "Studies",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        // For the parser that it carries, libyaml: we read its events, since Yams' own trees end at the first repeated
        // key, and we report both lines of each together with every other problem. The parser's target, CYaml, is no
        // product that one could name below. SwiftPM hands the C modules under a product to whoever depends on the
        // product, in either build system, with its check of imports too; should that end, only YamlEvents.swift
        // asks for them, and libyaml-dev with a module map beside COpenSSL's takes the place of this line.
        .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
    ],
    targets: [
        .target(
            name: "CGSL", linkerSettings: [.linkedLibrary("gsl"), .linkedLibrary("gslcblas"), .linkedLibrary("m")]),
        // SHA-256 for run folders, from the library every Debian machine has: no 400 C files to compile.
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        // Deflate for gzip files, likewise.
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        // A floor names only floors above it in this list.
        .target(name: "Probability", dependencies: ["CGSL"]),
        .target(name: "Queueing", dependencies: ["Probability"]),
        .target(name: "Tabular"),
        .target(name: "Center", dependencies: ["Probability", "Queueing", "Tabular"]),
        .target(
            name: "ScenarioText", dependencies: ["Tabular", "Center", .product(name: "Yams", package: "Yams")]),
        .target(
            name: "ScenarioReading", dependencies: ["Probability", "Queueing", "Tabular", "Center", "ScenarioText"]),
        .target(name: "Simulator", dependencies: ["Probability", "Queueing", "Tabular", "Center"]),
        .target(
            name: "Experiments", dependencies: ["Probability", "Queueing", "Tabular", "Center", "Simulator"]),
        .target(
            name: "Planning",
            dependencies: ["Probability", "Queueing", "Tabular", "Center", "Simulator", "Experiments"]),
        .target(
            name: "Documents", dependencies: ["Probability", "Tabular", "Center", "COpenSSL", "CZlib"]),
        .target(
            name: "Reports",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents",
            ]),
        .target(
            name: "Studies",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents", "Reports",
            ]),
        // All of the above under one name, for programs of one's own.
        .target(
            name: "Switchboard",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents", "Reports", "Studies",
            ]),
        .executableTarget(
            name: "Commands",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents", "Reports", "Studies",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(
            name: "QueueingTests", dependencies: ["Probability", "Queueing", "CGSL", "TestSupport"],
            resources: [.copy("Tables")]),
        .testTarget(
            name: "SimulatorTests",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "TestSupport",
            ],
            resources: [.copy("Examples")]),
        .testTarget(
            name: "PlanningTests",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "TestSupport",
            ]),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents", "Reports", "Studies", "TestSupport",
            ]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents", "Reports", "Studies", "Commands", "TestSupport",
            ],
            resources: [.copy("Transcripts")]),
        .testTarget(name: "LibraryTests", dependencies: ["Switchboard", "Tabular", "TestSupport"]),
        .testTarget(
            name: "ValidationTests",
            dependencies: [
                "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading", "Simulator",
                "Experiments", "Planning", "Documents", "Reports", "Studies", "TestSupport",
            ],
            resources: [.copy("Tables")]),
    ],
    swiftLanguageModes: [.v6]
)

// `SWITCHBOARD_TESTS=SimulatorTests,ValidationTests` leaves the other tests out, so that a leg of .ci/run builds no more
// than it runs.
if let kept = Context.environment["SWITCHBOARD_TESTS"]?.split(separator: ",").map(String.init) {
    package.targets.removeAll { $0.type == .test && !kept.contains($0.name) }
}
