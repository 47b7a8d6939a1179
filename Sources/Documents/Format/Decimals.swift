/// Numbers as the shortest decimals that read back to the very same bits.
public enum Decimals {
    /// The text of a finite number: `0.8`, `7`, `0.000015`; an exponent only below 1e-7 or from 1e21 on.
    public static func text(_ number: Double) -> String {
        var bytes: [UInt8] = []
        append(number, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of a finite number; whole numbers have no `.0`, and zero has no sign.
    package static func append(_ number: Double, to bytes: inout [UInt8]) {
        if number == 0 {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        var text = number.description
        text.withUTF8 { digits in
            if let mark = digits.firstIndex(of: UInt8(ascii: "e")) {
                appendScientific(digits, exponentAt: mark, to: &bytes)
            } else if digits.count > 2, digits[digits.count - 2] == UInt8(ascii: "."), digits.last == UInt8(ascii: "0")
            {
                bytes.append(contentsOf: digits.dropLast(2))
            } else {
                bytes.append(contentsOf: digits)
            }
        }
    }

    /// Writes `d.ddde±x` in plain digits where they are few enough to read.
    private static func appendScientific(
        _ text: UnsafeBufferPointer<UInt8>, exponentAt mark: Int, to bytes: inout [UInt8]
    ) {
        let exponent = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
        var digits = text[..<mark].filter { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
        if digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if text[0] == UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
        if exponent < 0 && exponent >= -7 {
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -exponent - 1))
            bytes.append(contentsOf: digits)
        } else if exponent >= digits.count - 1 && exponent < 21 {
            bytes.append(contentsOf: digits)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent - digits.count + 1))
        } else {
            bytes.append(digits[0])
            if digits.count > 1 {
                bytes.append(UInt8(ascii: "."))
                bytes.append(contentsOf: digits.dropFirst())
            }
            bytes.append(contentsOf: "e\(exponent)".utf8)
        }
    }
}
