import Foundation

/// A folder that is there while its owner is.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() {
        var template = Array((NSTemporaryDirectory() + "/switchboard-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { fatalError("no temporary folder can be made") }
        path = String(cString: made)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    public func url(_ name: String) -> URL { URL(fileURLWithPath: path).appendingPathComponent(name) }
}
