#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Up to sixteen quantities that are integrated or averaged together.
package typealias Bundle16 = SIMD16<Double>

/// Adaptive quadrature of sixteen non-negative functions at once by the 10-point Gauss and 21-point Kronrod rules
/// (Kronrod 1965; error estimate and bisection as in QUADPACK: Piessens, de Doncker, Überhuber, Kahaner 1983).
package enum AdaptiveQuadrature {
    /// Adds ∫ f over `low`…`high` to `total`, each component to about `tolerance` of what its total then is.
    ///
    /// `f` must be finite. Panels in which a rule and its extension differ are halved, at most fifty times and into at
    /// most 400 panels, so that a corner or noise costs digits instead of an endless search.
    @inline(__always)
    package static func add(
        from low: Double, to high: Double, to total: inout Bundle16, tolerance: Double = 1e-13,
        _ f: (Double) -> Bundle16
    ) {
        guard high > low else { return }
        // Open panels, the leftmost on top: at each depth at most one waits, so fifty places are enough.
        withUnsafeTemporaryAllocation(of: (high: Double, depth: Int).self, capacity: 64) { open in
            var count = 1
            var budget = 400
            open[0] = (high, 0)
            var left = low
            while count > 0 {
                let (right, depth) = open[count - 1]
                let (value, error) = rules(left, right, f)
                let middle = left + (right - left) / 2
                let allowed = tolerance * (total + value)
                budget -= 1
                if depth >= 50 || budget < 0 || !(left < middle && middle < right) || !any(error .> allowed) {
                    total += value
                    left = right
                    count -= 1
                } else {
                    open[count - 1].depth = depth + 1
                    open[count] = (middle, depth + 1)
                    count += 1
                }
            }
        }
    }

    /// Kronrod's value, and how far it may be off: (200 × the rules' difference)^1.5 in units of the value.
    @inline(__always)
    private static func rules(_ low: Double, _ high: Double, _ f: (Double) -> Bundle16) -> (Bundle16, Bundle16) {
        let half = (high - low) / 2
        let middle = low + half
        var kronrod = f(middle) * nodes[10].kronrod
        var gauss = Bundle16(repeating: 0)
        for i in 0..<10 {
            let offset = half * nodes[i].at
            let pair = f(middle - offset) + f(middle + offset)
            kronrod += pair * nodes[i].kronrod
            if i % 2 == 1 { gauss += pair * nodes[i].gauss }
        }
        kronrod *= half
        gauss *= half
        let difference = kronrod - gauss
        var error = Bundle16(repeating: 0)
        for i in 0..<16 where difference[i] != 0 && kronrod[i] > 0 {
            let part = 200 * abs(difference[i]) / kronrod[i]
            error[i] = kronrod[i] * min(part, part * part.squareRoot())
        }
        return (kronrod, error)
    }

    /// The positive nodes on −1…1 with their weights.
    private static let nodes: [(at: Double, kronrod: Double, gauss: Double)] = [
        (0.995657163025808080735527280689003, 0.011694638867371874278064396062192, 0),
        (0.973906528517171720077964012084452, 0.032558162307964727478818972459390, 0.066671344308688137593568809893332),
        (0.930157491355708226001207180059508, 0.054755896574351996031381300244580, 0),
        (0.865063366688984510732096688423493, 0.075039674810919952767043140916190, 0.149451349150580593145863396957658),
        (0.780817726586416897063717578345042, 0.093125454583697605535065465083366, 0),
        (0.679409568299024406234327365114874, 0.109387158802297641899210590325805, 0.219086362515982043995534934228163),
        (0.562757134668604683339000099272694, 0.123491976262065851077958109585166, 0),
        (0.433395394129247190799265943165784, 0.134709217311473325928054001771707, 0.269266719309996355091226921569469),
        (0.294392862701460198131126603103866, 0.142775938577060080797094273138717, 0),
        (0.148874338981631210884826001129720, 0.147739104901338491374841515972068, 0.295524224714752870173815619188769),
        (0, 0.149445554002916905664936468389821, 0),
    ]
}
