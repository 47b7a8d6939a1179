/// The folder and the last name of a path, as text; trailing slashes count for nothing.
///
/// Foundation's own (`deletingLastPathComponent`) traps on a path of one character on Linux.
package struct PathParts {
    /// Empty for a name alone, `/` for what lies at the top.
    package let folder: String
    package let name: String

    package init(_ path: String) {
        var rest = Substring(path)
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        guard let slash = rest.lastIndex(of: "/") else {
            folder = ""
            name = String(rest)
            return
        }
        name = rest == "/" ? "/" : String(rest[rest.index(after: slash)...])
        var above = rest[..<slash]
        while above.count > 1, above.last == "/" { above.removeLast() }
        folder = above.isEmpty ? "/" : String(above)
    }
}
