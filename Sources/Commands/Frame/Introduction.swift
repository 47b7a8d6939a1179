/// What `switchboard` alone prints: its purpose, four ways to begin, where to read on.
enum Introduction {
    private static let lines: [(command: String, example: String, purpose: String)] = [
        ("staff", "staff --calls 22 --per 30m --aht 6m --target 80%/30s", "how many people for half an hour"),
        ("init", "init clinic.yaml", "make a week, by answering questions"),
        ("simulate", "simulate clinic.yaml", "test it, get a report"),
        ("serve", "serve", "do all this in the browser"),
    ]

    /// The text, with a line for each of `commands` that has one.
    static func text(commands: [String]) -> String {
        let examples = lines.filter { commands.contains($0.command) }.map { line in
            let example = "  switchboard " + line.example
            return example + String(repeating: " ", count: 70 - example.count) + line.purpose
        }
        var last = "All commands: switchboard --help"
        if commands.contains("explain") {
            last += "      A word you don't know: switchboard explain shrinkage"
        }
        return (["switchboard: plan and test contact-center staffing.", ""] + examples + ["", last, ""])
            .joined(separator: "\n")
    }
}
