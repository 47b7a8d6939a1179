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

    /// Γ(a, x), a ≥ 0, x > 0; nil where the library fails.
    package static func incompleteGamma(_ a: Double, _ x: Double) -> Double? { try? check { gsl_sf_gamma_inc(a, x) } }

    /// The p-quantile of Student's distribution, 0 < p < 1, `degrees` > 0; nil where the library fails.
    package static func studentQuantile(_ p: Double, degrees: Double) -> Double? {
        try? check { gsl_cdf_tdist_Pinv(p, degrees) }
    }

    /// The first points of Sobol's sequence behind the origin, `[point][dimension]`, 1 to 40 dimensions (Bratley, Fox 1988).
    package static func sobol(_ count: Int, dimensions: Int) -> [[Double]] {
        guard let sequence = cgsl_sobol(UInt32(dimensions)) else { return [] }
        defer { gsl_qrng_free(sequence) }
        var point = [Double](repeating: 0, count: dimensions)
        return (0..<count).map { _ in
            gsl_qrng_get(sequence, &point)
            return point
        }
    }
}
