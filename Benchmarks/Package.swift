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
        // The rival gets all that its compiler can do on this processor; ours is built as users get it.
        .target(name: "CStaffing", cSettings: [.unsafeFlags(["-O3", "-march=native"])]),
        .executableTarget(
            name: "QueueingBench",
            dependencies: ["CStaffing", .product(name: "Switchboard", package: "switchboard")]),
    ],
    swiftLanguageModes: [.v6]
)
