import Center
import Foundation
import Reports
import Simulator

/// What this computer has to offer.
enum Machine {
    /// Memory in bytes that the program may use: the computer's, or what its control group is limited to.
    static var memory: Double {
        var least = Double(ProcessInfo.processInfo.physicalMemory)
        for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8),
                let limit = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)), limit > 0
            else { continue }
            least = min(least, limit)
        }
        return least
    }

    /// Throws when playing a scenario would need more memory than there is.
    static func checkMemory(for scenario: Scenario, threads: Int) throws {
        if let problem = MemoryNeed(scenario, threads: threads).problem(having: memory) {
            throw Failure([problem], .wrongInput)
        }
    }
}
