/// A declaration that other packages can see, found in the text of a source file.
///
/// The text is read by its words and braces alone, as swift-format lays it out: each declaration begins a line.
struct PublicDeclaration: Equatable {
    /// From 1.
    var line: Int
    /// `struct`, `func`, `case` and so on.
    var keyword: String
    /// `quantile`, `==`, `init`.
    var name: String
    /// Whether a `///` comment stands above it, attributes aside.
    var isDocumented: Bool

    /// Where the line stands.
    private enum Scope { case publicEnum, publicProtocol, type, body }

    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate", "static", "final", "mutating", "nonmutating",
        "indirect",
        "nonisolated", "override", "convenience", "prefix", "private(set)", "internal(set)", "package(set)",
        "fileprivate(set)",
    ]
    private static let types: Set<Substring> = ["struct", "class", "actor", "enum", "protocol", "extension"]
    private static let members: Set<Substring> = [
        "func", "var", "let", "init", "case", "typealias", "subscript", "associatedtype",
    ]

    /// Every public declaration of a text but extensions, whose members count by themselves.
    static func all(in text: String) -> [PublicDeclaration] {
        var found: [PublicDeclaration] = []
        var scopes: [Scope] = []
        /// Of a type whose brace opens on a later line.
        var awaited: Scope?
        var isInText = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let code = code(of: line, isInText: &isInText)
            let words = code.split(separator: " ").drop { $0.hasPrefix("@") }
            let access = words.prefix { modifiers.contains($0) }
            let rest = words.dropFirst(access.count)
            let keyword = rest.first?.prefix { $0.isLetter } ?? ""
            let isType = types.contains(keyword)
            if isType || members.contains(keyword) {
                let isPublic =
                    access.contains("public") || scopes.last == .publicEnum && keyword == "case"
                    || scopes.last == .publicProtocol
                if isPublic, keyword != "extension" {
                    let isDocumented = Self.isDocumented(lines, index)
                    let names = keyword == "case" ? names(ofCases: rest) : [name(rest)]
                    // One comment above several cases is the first one's.
                    for (n, name) in names.enumerated() {
                        found.append(
                            .init(
                                line: index + 1, keyword: String(keyword), name: name,
                                isDocumented: isDocumented && n == 0))
                    }
                    if keyword == "enum", code.contains("{ case ") {
                        found.append(.init(line: index + 1, keyword: "case", name: name(rest), isDocumented: false))
                    }
                }
                awaited =
                    switch keyword {
                    case "enum" where isPublic: .publicEnum
                    case "protocol" where isPublic: .publicProtocol
                    default: isType ? .type : nil
                    }
            }
            for character in code {
                if character == "{" {
                    scopes.append(awaited ?? .body)
                    awaited = nil
                } else if character == "}" {
                    _ = scopes.popLast()
                }
            }
        }
        return found
    }

    /// The line without comments and with empty texts; nothing of the lines of a long text.
    private static func code(of line: Substring, isInText: inout Bool) -> String {
        var code = ""
        var rest = line.drop { $0 == " " }
        var isInShortText = false
        while let character = rest.first {
            if rest.hasPrefix("\"\"\"") {
                isInText.toggle()
                rest = rest.dropFirst(3)
                continue
            }
            if !isInText, !isInShortText, rest.hasPrefix("//") { break }
            if !isInText, character == "\"" { isInShortText.toggle() }
            if isInShortText, character == "\\" { rest = rest.dropFirst() }
            if !isInText, !isInShortText { code.append(character) }
            rest = rest.dropFirst()
        }
        return code
    }

    private static func isDocumented(_ lines: [Substring], _ index: Int) -> Bool {
        let above = lines[..<index].reversed().lazy.map { $0.drop { $0 == " " } }
        return above.first { !$0.hasPrefix("@") }?.hasPrefix("///") ?? false
    }

    /// What follows the keyword, up to the first bracket or sign.
    private static func name(_ words: ArraySlice<Substring>) -> String {
        guard let keyword = words.first, keyword.allSatisfy(\.isLetter), let next = words.dropFirst().first else {
            return String(words.first?.prefix { $0.isLetter } ?? "")
        }
        let name = next.prefix { !"(<:={[,".contains($0) }
        // An operator such as `<`.
        return String(name.isEmpty ? next.prefix { $0 != "(" } : name)
    }

    /// `met`, `missed` of `case met, missed(Int, by: Int)`.
    private static func names(ofCases words: ArraySlice<Substring>) -> [String] {
        var depth = 0
        var names = [""]
        for character in words.dropFirst().joined(separator: " ") {
            switch character {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth == 0: names.append("")
            case " " where depth == 0: names[names.count - 1] += " "
            default: if depth == 0 { names[names.count - 1].append(character) }
            }
        }
        return names.map { String($0.split(separator: " ").first ?? "") }
    }
}
