/// Always the same duration.
public struct Fixed: Sendable, Hashable, DistributionShape {
    public let mean: Double
    public var spread: Double { 0 }

    public init(_ value: Double) { mean = value }

    @inlinable
    public func quantile(_ u: Double) -> Double { mean }

    static let entry = DistributionEntry(
        keyword: "fixed", summary: "always the same duration", defaultSpread: nil, takesSpread: false
    ) { mean, _ in .fixed(Fixed(mean)) }
}
