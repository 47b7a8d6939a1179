import Foundation

/// Files that are files: a pipe, a device or a socket in their place would be waited for without end.
package enum PlainFile {
    /// Opens a file for reading; nil where there is none, or something else. The caller closes it.
    static func open(_ path: String) -> Int32? {
        let descriptor = Foundation.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// All bytes of a file; nil where there is none that can be read.
    package static func bytes(_ path: String) -> [UInt8]? {
        guard let descriptor = open(path) else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// What lies under a path itself, a link not followed.
    package enum Kind: Equatable {
        case nothing
        case folder
        case file
        case link
        /// A pipe, a device or a socket.
        case other
        /// A name or a path longer than the file system takes.
        case tooLong
    }

    package static func kind(_ path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENAMETOOLONG ? .tooLong : .nothing }
        return switch status.st_mode & S_IFMT {
        case S_IFDIR: .folder
        case S_IFREG: .file
        case S_IFLNK: .link
        default: .other
        }
    }
}
