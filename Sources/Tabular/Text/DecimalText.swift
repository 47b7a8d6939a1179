/// A decimal number as written, kept exact as digits over a power of ten, so that `4.35 h` is 15,660 s and not
/// a neighbour of it.
package struct DecimalText {
    private let digits: Double
    private let fractionDigits: Int
    package let value: Double
    let isNegative: Bool

    /// Nil unless `text` is digits with at most one point and an optional sign; not `1e5`, `inf`, `1,000`, `.`.
    package init?(_ text: String) {
        var rest = Substring(text)
        var negative = false
        if let sign = rest.first, sign == "-" || sign == "+" {
            negative = sign == "-"
            rest.removeFirst()
        }
        var all = ""
        var fraction = 0
        var seenPoint = false
        for character in rest {
            if character == "." {
                if seenPoint { return nil }
                seenPoint = true
            } else if character.isASCII, character.isNumber {
                all.append(character)
                if seenPoint { fraction += 1 }
            } else {
                return nil
            }
        }
        guard !all.isEmpty, let exact = Double(text), exact.isFinite, let whole = Double(all) else { return nil }
        digits = whole
        fractionDigits = fraction
        value = exact == 0 ? 0 : exact
        isNegative = negative && exact != 0
    }

    var isWhole: Bool { value == value.rounded() }

    /// The value times a whole number, rounded once when the digits are few enough.
    func times(_ factor: Double) -> Double {
        let signed = isNegative ? -digits : digits
        guard digits < 1e15, digits * factor < 9e15, fractionDigits <= 22 else { return value * factor }
        return signed * factor / Units.tenTo(fractionDigits)
    }

    func divided(by divisor: Double) -> Double {
        guard digits < 9e15, fractionDigits <= 18 else { return value / divisor }
        return (isNegative ? -digits : digits) / (divisor * Units.tenTo(fractionDigits))
    }
}
