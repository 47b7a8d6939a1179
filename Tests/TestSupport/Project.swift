import Foundation

/// Where the project lies and what stands beside it.
public enum Project {
    /// The project's root folder.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    /// The folder of reference data beside the project; absent on a user's machine.
    public static let shared = root.deletingLastPathComponent().appendingPathComponent("shared")
    public static var hasShared: Bool { FileManager.default.fileExists(atPath: shared.path) }
}
