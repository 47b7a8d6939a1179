// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "switchboard-benchmarks",
    dependencies: [.package(name: "switchboard", path: "..")],
    targets: [
        // As fast as this machine allows: its own instructions, fused multiplications, 512-bit vectors where it has them.
        .target(
            name: "CLimit",
            cSettings: [
                .unsafeFlags([
                    "-O3", "-march=native", "-ffp-contract=fast", "-fno-math-errno", "-mprefer-vector-width=512",
                ])
            ], linkerSettings: [.linkedLibrary("m")]),
        .executableTarget(
            name: "EngineBench", dependencies: ["CLimit", .product(name: "Switchboard", package: "switchboard")]),
        .executableTarget(
            name: "VarianceBench", dependencies: [.product(name: "Switchboard", package: "switchboard")]),
        .executableTarget(
            name: "CoverageBench", dependencies: [.product(name: "Switchboard", package: "switchboard")]),
        .executableTarget(
            name: "RandomBattery", dependencies: [.product(name: "Switchboard", package: "switchboard")]),
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
