import CGSL

/// A failure that the GNU Scientific Library reported.
package struct GSLError: Error, CustomStringConvertible {
    package let code: Int32
    package let reason: String
    package let origin: String
    package var description: String { "GSL: \(reason) (\(String(cString: gsl_strerror(code))), \(origin))" }
}

/// The one door to the GNU Scientific Library: its error handler is off, and its failures become Swift errors.
package enum GSL {
    private static let installed: Void = cgsl_install_handler()

    /// Runs `body` and throws what GSL reported while it ran.
    package static func check<R>(_ body: () throws -> R) throws -> R {
        _ = installed
        _ = cgsl_take_error()
        let result = try body()
        let error = cgsl_take_error()
        guard error.code == 0 else {
            throw GSLError(
                code: error.code, reason: error.reason.map { String(cString: $0) } ?? "error",
                origin: "\(error.file.map { String(cString: $0) } ?? "?"):\(error.line)")
        }
        return result
    }
}
