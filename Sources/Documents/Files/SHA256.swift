import COpenSSL
import Foundation

/// The door to OpenSSL: SHA-256 (FIPS 180-4), by which results and inputs are told apart.
public enum SHA256 {
    /// The digest as 64 lower-case hexadecimal digits.
    public static func hex(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = bytes.withUnsafeBytes { copenssl_sha256($0.baseAddress, $0.count, &digest) }
        precondition(isDone == 1, "libcrypto refused SHA-256")
        return text(digest)
    }

    /// The digest of a whole open file.
    static func hex(file descriptor: Int32) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = copenssl_sha256_file(descriptor, &digest)
        precondition(isDone == 1, "libcrypto refused SHA-256, or a file could not be read again")
        return text(digest)
    }

    /// The digest of a whole file, however large; nil where none can be read, or what lies there is no file.
    package static func hex(path: String) -> String? {
        guard let descriptor = PlainFile.open(path) else { return nil }
        defer { close(descriptor) }
        var digest = [UInt8](repeating: 0, count: 32)
        return copenssl_sha256_file(descriptor, &digest) == 1 ? text(digest) : nil
    }

    private static func text(_ digest: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
