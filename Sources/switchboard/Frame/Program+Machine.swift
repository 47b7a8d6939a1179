import Foundation
import Reports

extension Program {
    /// The program and the machine, for `run.json` alone.
    static var description: RunManifest.Program {
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
            version: version, numbers: numbers, commit: nil, compiler: compiler, os: "\(system) \(architecture)",
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
    static var tzdata: String? {
        for path in ["/usr/share/zoneinfo/tzdata.zi", "/usr/share/zoneinfo/+VERSION"] {
            guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: 64),
                let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first
            else { continue }
            return line.split(separator: " ").last.map(String.init)
        }
        return nil
    }
}
