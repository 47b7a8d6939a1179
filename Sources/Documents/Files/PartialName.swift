import Foundation

/// The names of what is half written: `.switchboard-anna-pc-1f0c2a77-4711-9d3e5b60.partial`, from which one can read
/// whose it is.
///
/// A process number says something only on its own computer, since that computer was started, and among the processes
/// that one container sees. All of that is in the name, so that a shared disk or a shared folder of containers never
/// makes the work of a living process look like something left over.
package struct PartialName {
    private static let start = ".switchboard-"
    private static let end = ".partial"

    var host: String
    /// Eight digits for this start of the computer and the process numbers seen here.
    var machine: String
    var process: pid_t
    package var random: String

    /// A new name of this process.
    package init() {
        host = Self.hostName
        machine = Self.machineDigits
        process = getpid()
        random = String(SHA256.hex((0..<16).map { _ in UInt8.random(in: .min ... .max) }).prefix(8))
    }

    init(host: String, machine: String, process: pid_t, random: String) {
        self.host = host
        self.machine = machine
        self.process = process
        self.random = random
    }

    /// What a file's name says; nil where it is none of these.
    init?(_ text: String) {
        guard text.hasPrefix(Self.start), text.hasSuffix(Self.end) else { return nil }
        let parts = text.dropFirst(Self.start.count).dropLast(Self.end.count).split(
            separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let process = pid_t(parts[parts.count - 2]), process > 0 else { return nil }
        self.init(
            host: parts.dropLast(3).joined(separator: "-"), machine: String(parts[parts.count - 3]), process: process,
            random: String(parts[parts.count - 1]))
    }

    package var text: String { "\(Self.start)\(host)-\(machine)-\(process)-\(random)\(Self.end)" }

    /// Whether the process was here and is no more; another computer's may well be alive.
    var isOfDeadProcess: Bool {
        host == Self.hostName && machine == Self.machineDigits && kill(process, 0) != 0 && errno == ESRCH
    }

    static let hostName: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        let bytes = name.prefix { $0 != 0 }.prefix(64).map { UInt8(bitPattern: $0) }
        return String(
            String(decoding: bytes, as: UTF8.self).map { character in
                character.isASCII && (character.isLetter || character.isNumber) || character == "." ? character : "-"
            })
    }()

    static let machineDigits: String = {
        let boot = PlainFile.bytes("/proc/sys/kernel/random/boot_id") ?? []
        let processes = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return String(SHA256.hex(boot + Array(processes.utf8)).prefix(8))
    }()

    /// The paths of what dead processes of this computer left in a folder when they were killed.
    package static func leftovers(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            PartialName($0)?.isOfDeadProcess ?? false
        }.map { "\(folder)/\($0)" }
    }
}
