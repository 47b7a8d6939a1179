import Foundation

extension RunManifest.Program {
    /// The program's version, part of every run's identity.
    package static let currentVersion = "0.1.0"

    /// The revision of the program's numbers, part of every run's identity: raised by one whenever the same question
    /// gets other figures, be it in the last digit, so that no result from before is taken for the answer.
    ///
    /// `NumbersRevisionTests` holds the digest of some results beside this number and fails when one moves alone.
    package static let currentNumbers = 4

    /// This program and this machine, for `run.json` alone.
    package static var current: RunManifest.Program {
        #if arch(x86_64)
            let architecture = "x86_64"
        #elseif arch(arm64)
            let architecture = "arm64"
        #else
            let architecture = "unknown"
        #endif
        #if os(Linux)
            let system = "Linux"
        #else
            let system = "macOS"
        #endif
        return RunManifest.Program(
            version: currentVersion, numbers: currentNumbers, commit: nil, compiler: compiler,
            os: "\(system) \(architecture)",
            cpu: "\(ProcessInfo.processInfo.activeProcessorCount) threads")
    }

    /// The compiler's version as far as the language can tell.
    private static var compiler: String {
        #if compiler(>=6.3)
            "Swift 6.3 or later"
        #elseif compiler(>=6.2)
            "Swift 6.2"
        #else
            "Swift 6.1 or earlier"
        #endif
    }

    /// The version of the time zone tables; nil where the system does not say.
    package static var tzdata: String? {
        for path in ["/usr/share/zoneinfo/tzdata.zi", "/usr/share/zoneinfo/+VERSION"] {
            guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: 64),
                let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first
            else { continue }
            return line.split(separator: " ").last.map(String.init)
        }
        return nil
    }
}
