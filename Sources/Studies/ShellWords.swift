/// Words of a command line.
package enum ShellWords {
    /// Words as they would be typed in a POSIX shell, quoted only where needed.
    package static func quoted(_ words: [String]) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,%+@")
        return words.map { word in
            !word.isEmpty && word.allSatisfy(plain.contains)
                ? word
                : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        }.joined(separator: " ")
    }
}
