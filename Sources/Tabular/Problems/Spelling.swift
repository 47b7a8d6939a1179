/// What someone probably meant to write.
public enum Spelling {
    /// Words of the trade that mean one of our settings.
    static let synonyms: [String: String] = [
        "aht": "talk", "average_handle_time": "talk", "handle_time": "talk", "talk_time": "talk",
        "acw": "wrap_up", "after_call_work": "wrap_up", "after_contact_work": "wrap_up", "wrapup": "wrap_up",
        "wrap_up_time": "wrap_up", "sla": "target", "service_level": "target", "service_level_target": "target",
        "agents_needed": "agents", "fte": "people", "headcount": "people", "staff": "agents", "pay": "wage",
        "calls_per_day": "calls", "volume": "calls", "opening_hours": "open", "tz": "timezone",
        "time_zone": "timezone", "abandonment": "max_abandonment", "abandon_rate": "max_abandonment",
        "retrial": "redial", "retry": "redial", "skill_groups": "agent_groups", "groups": "agent_groups",
        "queues": "contact_types", "skill": "skills", "runs": "replications", "step": "interval",
    ]

    /// The nearest of `candidates`: at most 2 edits away, or a third of the word's length, a known
    /// synonym, or its beginning.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let plain = folded(word)
        if let same = candidates.first(where: { folded($0) == plain }) { return same }
        if let synonym = synonyms[word.lowercased()], candidates.contains(synonym) { return synonym }
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let limit = max(2, word.count / 3)
            // Two edits turn any two-letter word into any other: short words must be nearer.
            let allowed = min(limit, max(1, min(word.count, candidate.count) - 1))
            let distance = editDistance(plain, folded(candidate))
            if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        if let best { return best.word }
        // A shortened or lengthened word, if only one fits.
        let related = candidates.filter {
            let other = folded($0)
            return min(plain.count, other.count) >= 4 && (other.hasPrefix(plain) || plain.hasPrefix(other))
        }
        return related.count == 1 ? related[0] : nil
    }

    /// Whether a word is another but for a letter, or a known synonym of it.
    package static func isClose(_ word: String, to other: String) -> Bool {
        synonyms[word.lowercased()] == other || editDistance(folded(word), folded(other)) <= 1
    }

    /// The hint that offers what `nearest` found.
    public static func hint(_ nearest: String?) -> String? { nearest.map { "did you mean \"\($0)\"?" } }

    /// Lower case, without spaces, underscores and hyphens.
    package static func folded(_ word: String) -> String {
        String(word.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" })
    }

    /// Insertions, deletions, replacements and swaps of neighbours (Damerau 1964, in its restricted form).
    static func editDistance(_ first: String, _ second: String) -> Int {
        let a = Array(first)
        let b = Array(second)
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                row[j] = min(last[j] + 1, row[j - 1] + 1, replace)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }

    /// `scheduling, billing or refill`.
    public static func list(_ words: [String], _ conjunction: String = "or") -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
