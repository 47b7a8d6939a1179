import Tabular

extension Setting {
    /// Whether a value is written in the setting's form; `none` is where it is allowed, and a mark in place of a name
    /// that the user chooses is one.
    ///
    /// Of names and ranges it knows nothing: what fits may still be refused for what it says.
    package func fits(_ node: Node) -> Bool {
        if node.isNone, allowsNone || standard == "none" { return true }
        if let also, also.fits(node) { return true }
        switch kind {
        case .list(let form): return Form.list(form).fits(node)
        case .map(let form): return form.fits(node)
        case .block(let list): return Form.block(list).fits(node)
        default: return Form.value(kind).fits(node)
        }
    }
}

extension Setting.Form {
    package func fits(_ node: Node) -> Bool {
        switch self {
        case .value(let kind): return kind.fits(node)
        case .file: return node.text.map { $0.contains(".") && Units.rate($0).value == nil } ?? false
        case .name: return node.text.map { !$0.isEmpty } ?? false
        case .byDays(let form):
            return node.entries?.allSatisfy { Units.days($0.name).value != nil && form.fits($0.value) } ?? false
        case .byName(_, let form): return node.entries?.allSatisfy { $0.value.isNone || form.fits($0.value) } ?? false
        case .steps(let bound, let form):
            return node.entries?.allSatisfy { bound.fits($0.key) && form.fits($0.value) } ?? false
        // One thing alone needs no brackets.
        case .list(let form): return (node.items ?? [node]).allSatisfy(form.fits)
        case .block(let list):
            return node.entries?.allSatisfy { list[$0.name]?.fits($0.value) ?? false } ?? false
        case .oneOf(let forms): return forms.contains { $0.fits(node) }
        }
    }
}

extension Setting.Kind {
    /// Whether a value can be read as one of the kind.
    fileprivate func fits(_ node: Node) -> Bool {
        func reads<Value>(_ read: (String) -> Reading<Value>) -> Bool {
            node.text.map { read($0).value != nil } ?? false
        }
        switch self {
        case .text: return node.text.map { !$0.isEmpty } ?? false
        case .word(let words): return node.text.map(words.contains) ?? false
        case .policy(let lists):
            if let text = node.text { return lists.contains { $0.keyword == text } }
            guard let only = node.entries?.first, node.entries?.count == 1,
                let list = lists.first(where: { $0.keyword == only.name })
            else { return false }
            // A policy with one setting is told its value alone.
            return Setting.Form.block(list).fits(only.value)
                || list.settings.count == 1 && list.settings[0].fits(only.value)
        case .duration: return reads(Units.duration) || reads(Units.openingTime)
        case .share: return reads(Units.share)
        case .factor: return reads(Units.factor)
        case .number: return reads(Units.number)
        case .count: return reads(Units.count) || node.text == "auto"
        case .rate: return reads(Units.rate)
        case .target:
            return reads(Units.target) || node.entries != nil
        case .points: return reads(Units.points)
        case .randomDuration: return reads(Units.duration) || node.entries != nil
        case .clock: return reads { Units.clock($0) } || node.text == "24:00"
        case .clockRange: return reads(Units.clockRange)
        case .date: return node.text.map { CivilDate(iso: $0) != nil } ?? false
        case .days: return reads(Units.days)
        case .zone: return node.text.map { !$0.isEmpty } ?? false
        case .list(let form): return Setting.Form.list(form).fits(node)
        case .block(let list): return Setting.Form.block(list).fits(node)
        case .map(let form): return form.fits(node)
        }
    }
}
