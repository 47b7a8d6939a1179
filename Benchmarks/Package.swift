// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "switchboard-benchmarks",
    dependencies: [.package(name: "switchboard", path: "..")],
    targets: [
        .executableTarget(
            name: "EngineBench", dependencies: [.product(name: "Switchboard", package: "switchboard")]),
        .executableTarget(
            name: "PlanningBench", dependencies: [.product(name: "Switchboard", package: "switchboard")]),
    ],
    swiftLanguageModes: [.v6]
)
