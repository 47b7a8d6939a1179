extension Units {
    /// Lengths of breaks, seconds: `2 x 15m`, `15m`, `15m, 10m`.
    public static func breaks(_ text: String) -> Reading<[Double]> {
        var lengths: [Double] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let part = trimmed(String(piece))
            var count = 1
            var length = part
            if let cross = part.firstIndex(where: { $0 == "x" || $0 == "X" || $0 == "×" }) {
                guard let number = Units.count(String(part[..<cross])).value, (1...50).contains(number) else {
                    return .wrong(
                        Wrong("E202", "\(part) does not say how many breaks", expected: "breaks such as 2 x 15m"))
                }
                count = number
                length = trimmed(String(part[part.index(after: cross)...]))
            }
            switch duration(length) {
            case .value(let seconds) where seconds > 0: lengths += Array(repeating: seconds, count: count)
            case .value:
                return .wrong(Wrong("E204", "a break cannot take \(length)", expected: "breaks such as 2 x 15m"))
            case .wrong(var wrong):
                wrong.expected = "breaks such as 2 x 15m"
                if let suggestion = wrong.suggestion, length != part {
                    wrong.suggestion = "\(count) x \(suggestion)"
                }
                return .wrong(wrong)
            }
        }
        return .value(lengths)
    }

    /// `2 x 15m`, `15m, 10m`.
    public static func formatBreaks(_ lengths: [Double]) -> String {
        var parts: [(count: Int, length: Double)] = []
        for length in lengths {
            if let last = parts.last, last.length == length {
                parts[parts.count - 1].count += 1
            } else {
                parts.append((1, length))
            }
        }
        return parts.map { "\($0.count) x \(formatDuration($0.length))" }.joined(separator: ", ")
    }
}
