import Simulator
import Tabular

/// Pages about codes of errors and warnings: what each means, an example as the program tells it, and a cure.
enum CodeWords {
    static func page(_ question: String) -> GlossaryPage? {
        let code = question.uppercased().filter { $0.isLetter || $0.isNumber }
        guard let entry = ProblemCode.catalogue.first(where: { $0.code == code }) else { return nil }
        return page(entry.code, meaning: entry.meaning, example: CodeExample.all.first { $0.code == code })
    }

    private static func page(_ code: String, meaning: String, example: CodeExample?) -> GlossaryPage {
        let reported = example.flatMap(\.problem)?.rendered()
        var lines = ["\(code): \(meaning)."]
        if let reported {
            lines.append("For example:")
            lines += reported.split(separator: "\n").map { "  " + $0 }
        }
        if let cure = example?.cureWords { lines.append("Cure: \(cure)") }
        return GlossaryPage(
            kind: "code", name: code, paragraphs: lines,
            facts: [
                ("meaning", .string(meaning)), ("example", .text(reported)), ("cure", .text(example?.cureWords)),
            ])
    }
}
