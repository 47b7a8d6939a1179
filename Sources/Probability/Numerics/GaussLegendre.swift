/// The 20-point Gauss–Legendre rule on −1…1, exact for polynomials up to degree 39.
package enum GaussLegendre {
    /// The positive nodes, ascending, and their weights; the rule is symmetric.
    package static let half: [(node: Double, weight: Double)] = [
        (0.076526521133497334, 0.15275338713072585), (0.22778585114164508, 0.14917298647260375),
        (0.37370608871541956, 0.14209610931838205), (0.5108670019508271, 0.13168863844917663),
        (0.63605368072651503, 0.11819453196151842), (0.74633190646015079, 0.10193011981724044),
        (0.83911697182221882, 0.083276741576704749), (0.91223442825132591, 0.062672048334109064),
        (0.96397192727791379, 0.040601429800386941), (0.99312859918509492, 0.017614007139152118),
    ]

    /// All nodes, ascending, and their weights.
    package static let all: [(node: Double, weight: Double)] = half.reversed().map { (-$0.node, $0.weight) } + half
}
