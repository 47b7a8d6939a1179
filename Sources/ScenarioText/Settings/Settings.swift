import Center
import Tabular

/// Everything that a scenario file can say: one list from which reading, messages, `--expand` and help come.
public enum Settings {
    /// Every block, the file itself first.
    public static let blocks: [SettingList] =
        [
            top, period, channel, contactType, callback, recontact, followUp, transfer, consult, interpreter,
            misrouted, balk, reach, reply, chase, wrapUpLater, handleTimeBy, target, redial, randomDuration, arrivals,
            agentGroup, tier, stray, skill, shift, lunch, activity, shrinkagePart, routing, overflow, rules, experiment,
        ] + contactPolicies.filter { !$0.settings.isEmpty } + [runningDay]

    // Forms that several settings share.
    private static let weekly = Setting.Form.oneOf([.value(.text), .byDays(.value(.text))])
    private static let contacts = Setting.Form.oneOf([
        .file, .value(.word(["none"])), .value(.rate), .byDays(.value(.number)), .block(arrivals),
    ])
    private static let people = Setting.Form.oneOf([
        .value(.number), .value(.word(["as_needed"])), .byDays(.value(.number)), .file,
    ])
    private static let inHand = Setting.Form.oneOf([.value(.count), .list(.value(.duration))])

    package static let top = SettingList(
        "the file",
        [
            Setting("format", .word(["1"]), standard: "1", "The version of this file format.", example: "1"),
            Setting("name", .text, "What the center is called.", example: "Maple Street Clinic"),
            Setting("notes", .text, "Free text, kept and shown.", example: "Plan of March, second draft"),
            Setting(
                "timezone", .zone, "The IANA time zone of all clock times; the computer's if not given.",
                example: "America/New_York"),
            Setting("currency", .text, standard: "USD", "The currency of wages and costs.", example: "USD"),
            Setting(
                "period", .block(period), "The first and last day that are simulated.",
                example: "{from: 2026-03-02, to: 2026-03-08}"),
            Setting(
                "days", .count, in: 1...366, "How many days are simulated, from Monday 2026-01-05 on.", example: "7"),
            Setting(
                "interval", .duration, in: 300...3600, standard: "30m", "The reporting step: 5m, 10m, 15m, 30m or 1h.",
                example: "30m"),
            Setting("include", .list(.file), "Files whose settings are read first.", example: "[base.yaml]"),
            Setting(
                "hours", .map(.byName(.own, weekly)), "Named weekly opening hours.",
                example: "{phones: {Mon-Fri: 07:00-19:00}}"),
            Setting(
                "holidays", .text, "A table `date,name,hours` (none: closed), also `hours_name,volume,next_day,staff`.",
                example: "holidays.csv"),
            Setting(
                "channels", .map(.byName(.own, .block(channel))), "The ways in which contacts come.",
                example: "{phone: {kind: live}}"),
            Setting(
                "defaults", .block(contactType), "Settings for every contact type that does not say otherwise.",
                example: "{patience: 3m}"),
            Setting(
                "contact_types", .map(.byName(.own, .block(contactType))), "The reasons to contact us.",
                example: "{scheduling: {talk: 4m40s}}"),
            Setting(
                "agent_groups", .map(.byName(.own, .block(agentGroup))), "People who share skills, languages and pay.",
                example: "{nurses: {skills: {triage: 1}}}"),
            Setting(
                "shifts", .map(.byName(.own, .block(shift))), "Named shifts.",
                example: "{early: {start: 07:00, length: 8h30m}}"),
            Setting(
                "staffing", .map(.oneOf([.file, .byName(.agentGroups, .byDays(.byName(.shifts, .value(.count))))])),
                "How many start each shift, by group and days; or a table of named people's shifts, schedule.csv.",
                example: "{nurses: {Mon-Fri: {early: 6}}}"),
            Setting(
                "shrinkage", .share, in: 0...0.95, standard: "0%",
                "The share of paid time when people are not available, or its named parts.", example: "30%",
                also: .byName(.own, .oneOf([.value(.share), .block(shrinkagePart)])), allowsNone: true),
            Setting(
                "activities", .list(.block(activity)),
                "Meetings and training with a time, which take people from contacts.",
                example: "[{name: huddle, groups: [nurses], days: Mon-Fri, start: 08:30, length: 15m}]",
                allowsNone: true),
            Setting("gaps", .word(["zero"]), "Rows that a table of arrivals lacks mean 0.", example: "zero"),
            Setting("routing", .block(routing), "Who answers what.", example: "{pick_agent: longest_idle}"),
            Setting("rules", .block(rules), "Rules for the whole center.", example: "{short_abandon: 5s}"),
            Setting(
                "experiment", .block(experiment), "How often to play it, and with which random numbers.",
                example: "{seed: 1}"),
            // The short form: one contact type and one group without naming them.
            Setting("open", .map(weekly), "Opening hours of a short file.", example: "Mon-Fri 08:00-17:00"),
            Setting("calls", .map(contacts), "Contacts of a short file.", example: "{Mon: 320, Tue-Fri: 260}"),
            Setting("agents", .map(people), "People on duty in opening hours.", example: "9"),
        ])

    /// The file of `simulate --from-now`, which is no part of a scenario.
    package static let runningDay = SettingList(
        "state",
        [
            Setting("at", .text, "The day and the clock time.", example: "2026-03-03 10:30"),
            Setting(
                "waiting", .map(.byName(.contactTypes, inHand)),
                "By contact type: how many wait, or how long each has waited.",
                example: "{scheduling: [2m10s, 40s, 5s], emails: 12}", allowsNone: true),
            Setting(
                "in_service", .map(.byName(.agentGroups, .byName(.contactTypes, inHand))),
                "By agent group and contact type: how many are in hand, or for how long each has been.",
                example: "{access_reps: {scheduling: 6}, nurses: {nurse_triage: [4m, 9m]}}", allowsNone: true),
            Setting(
                "present", .map(.byName(.agentGroups, .value(.count))),
                "By agent group: people on duty or on a contact; others are as planned.",
                example: "{access_reps: 13}", allowsNone: true),
            Setting(
                "volume", .map(.byName(.contactTypes, .value(.factor))),
                "By contact type: the rest of the day against the plan.",
                example: "{scheduling: 115%}", allowsNone: true),
            Setting(
                "so_far", .map(.byName(.contactTypes, .value(.count))),
                "By contact type: how many have come today; the rest of the day follows from it.",
                example: "{scheduling: 210}", allowsNone: true),
            Setting("until", .clock, standard: "24:00", "When it ends.", example: "18:00"),
        ])

    static let period = SettingList(
        "period",
        [
            Setting("from", .date, "The first day.", example: "2026-03-02"),
            Setting("to", .date, "The last day, included.", example: "2026-03-08"),
        ])

    package static let channel = SettingList(
        "channels.<name>",
        [
            Setting(
                "kind", .word(Channel.Kind.allCases.map(\.rawValue)), standard: "live",
                "Whether the other side waits (`live`) or the contact lies in a list (`later`).", example: "live"),
            Setting(
                "at_once", .count, in: 1...20, standard: "1",
                "How many of them one agent handles at the same time; nothing else until all have ended.",
                example: "2", advice: "an agent handles at least one; leave the contact types out if nobody takes them"
            ),
            Setting(
                "slowdown", .share, in: 0...1,
                "How much longer each takes at full load: one share, or {2: 20%, 3: 60%} by number.",
                example: "25%", also: .steps(.count, .value(.share))),
            Setting(
                "loading", .word(Channel.Loading.allCases.map(\.rawValue)), standard: "automatic",
                "Who takes the next of several; automatic is most_loaded in groups that also serve calls.",
                example: "most_loaded"),
            Setting(
                "lines", .count, in: 1...100_000, "How many can be in the building at once, waiting or served.",
                example: "24", advice: "leave it out if there is no limit"),
            Setting(
                "interrupted_by_live", .word(["yes", "no"]),
                "Whether live contacts interrupt it; yes but for calls.",
                example: "yes"),
        ])

    package static let contactType = SettingList(
        "contact_types.<name>",
        [
            Setting("label", .text, "What it is called in reports.", example: "Appointment scheduling"),
            Setting("channel", .text, standard: "phone", "The way in which these contacts come.", example: "phone"),
            Setting(
                "hours", .map(.oneOf([.name(.hours), weekly])), standard: "Mon-Fri 08:00-17:00",
                "Opening hours: a name from `hours`, or days and times.",
                example: "phones"),
            Setting(
                "priority", .count, in: 1...9, standard: "5",
                "1 is served first, 9 last: of those on the line, then of those in lists.", example: "1"),
            Setting(
                "languages", .map(.byName(.own, .value(.share))), "Which share of contacts needs which language.",
                example: "{en: 86%, es: 14%}"),
            Setting(
                "arrivals", .map(contacts), "Expected contacts: a table, a rate, or a number by days.",
                example: "arrivals.csv"),
            Setting(
                "day_shape", .word(DayShape.allCases.map(\.rawValue)), standard: "flat",
                "How a day's contacts are spread over opening hours.", example: "healthcare"),
            Setting(
                "outside_hours", .share, in: 0...0.95,
                "The part of a day's number that comes while closed, evenly over those hours.",
                example: "5%"),
            Setting(
                "volumes", .word(Volumes.all.map(\.keyword)), standard: "expected",
                "Whether arrivals are means to vary around, or the counts of a day that was.", example: "actual"),
            Setting(
                "day_to_day", .share, in: 0...1, standard: "0%",
                "How far a whole day's volume strays from the plan: standard deviation / mean.",
                why: "a small bank's days strayed by 16%, a large one's by 6%", example: "7%",
                allowsNone: true),
            Setting("talk", .randomDuration, "Talk time.", example: "{mean: 4m40s, spread: 0.7}"),
            Setting("hold", .randomDuration, "Time on hold within the contact.", example: "40s", allowsNone: true),
            Setting(
                "wrap_up", .randomDuration, standard: "none", "After-contact work.", example: "1m10s", allowsNone: true),
            Setting(
                "patience", .randomDuration, standard: "6m",
                "How long callers wait; chat 4m, SMS 15m, video 10m, in person 30m.",
                why: "matters a lot; a bank's callers waited 6m, surgeries' longer", example: "6m",
                allowsNone: true),
            Setting(
                "target", .target,
                "The promised service level, to each language.",
                example: "80% in 30s", allowsNone: true),
            Setting(
                "max_abandonment", .share,
                "The largest share that may hang up, in each language.",
                example: "5%", also: .byName(.languages, .value(.share)), allowsNone: true),
            Setting(
                "redial", .block(redial), standard: "none", "What callers who hang up do next.",
                why: "of a bank's callers who hung up 45% called again within the hour",
                example: "{share: 45%, after: 12m, at_most: 3}", allowsNone: true),
            Setting(
                "callback", .block(callback), "An offer to call back.",
                example: "{offer_after: 2m, accepted: 35%, call_within: 30m, attempts: 2}", allowsNone: true),
            Setting(
                "transfers", .map(.byName(.contactTypes, .oneOf([.value(.share), .block(transfer)]))),
                "Which share goes on to which other type.", example: "{nurse_triage: 4%}",
                allowsNone: true),
            Setting(
                "repeat", .block(recontact), "Contacts that were not resolved come again.",
                example: "{share: 12%, after: 1d}", allowsNone: true),
            Setting(
                "follow_up", .block(followUp), "Desk work after the contact.",
                example: "{share: 70%, work: 9m, due: 2d}", allowsNone: true),
            Setting(
                "when_closed", .word(WhenClosedWord.allCases.map(\.rawValue)), standard: "turned_away",
                "What live contacts get outside opening hours; {voicemail: 1d} says by when.",
                example: "voicemail", also: .byName(.own, .value(.duration))),
            Setting(
                "blocked_at", .count, in: 0...1_000_000, "How many may wait before further contacts are blocked.",
                example: "20", allowsNone: true),
            Setting(
                "licence", .text, "What agents must be licensed for to serve it; nothing crosses this.", example: "rn",
                spelling: "license",
                allowsNone: true),
            Setting(
                "set_up", .duration, in: 0...3600,
                "Time between finding an agent and the first word: the caller waits, the agent is taken.",
                example: "4s"),
            Setting(
                "queue_opens", .duration, in: 0...14400,
                "How long before opening callers may wait already; whoever is on duty then takes them.",
                example: "15m", allowsNone: true),
            Setting(
                "balk", .block(balk), "Callers who leave at once when they hear how long the wait is.",
                example: "{share: 20%, over: 2m}", allowsNone: true),
            Setting(
                "priority_after", .map(.steps(.duration, .value(.count))),
                "The priority of those who have waited so long.", example: "{5m: 3, 10m: 1}",
                allowsNone: true),
            Setting(
                "consult", .block(consult), "A colleague is asked while the caller is on hold.",
                example: "{with: nurse_triage, share: 5%, takes: 2m}", allowsNone: true),
            Setting(
                "interpreter", .block(interpreter),
                "A third party on the line, so that others than speakers of the language can serve it.",
                example: "{languages: [es], after: 30s, connect: 45s, handle_time: 150%}", allowsNone: true),
            Setting(
                "misrouted", .block(misrouted), "Contacts that first reach those who serve another type.",
                example: "{to: billing, share: 5%, takes: 1m}", allowsNone: true),
            Setting(
                "handle_time_by", .block(handleTimeBy), "How handling changes with the wait and with how many wait.",
                example: "{wait: {2m: 110%}, waiting: {5: 95%}}", allowsNone: true),
            Setting(
                "wrap_up_later", .block(wrapUpLater), "After-contact work that is put off while many wait.",
                example: "{when_waiting: 3, due: 4h}", allowsNone: true),
            Setting(
                "chase", .block(chase), "Those who ask what became of a contact that still lies in the list.",
                example: "{share: 20%, after: 1d, as: scheduling}", allowsNone: true),
            Setting(
                "reach", .block(reach),
                "Of calls that we make: the share that reaches the right person, and the tries.",
                example: "{share: 55%, attempts: 3, retry_after: 4h}", allowsNone: true),
            Setting(
                "replies", .map(.byName(.contactTypes, .block(reply))),
                "Whom we reached contacts us later as another type.",
                example: "{scheduling: {share: 20%, after: 2h}}", allowsNone: true),
            Setting(
                "short_abandon", .duration, in: 0...3600, "Hang-ups within this time count as short.", example: "5s"),
        ])

    package static let transfer = SettingList(
        "transfers.<contact type>",
        [
            Setting("share", .share, "The share of contacts that goes on there.", example: "4%"),
            Setting(
                "hand_over", .duration, in: 0...3600,
                "The agent stays until a colleague comes, and so long then.", example: "45s"),
            Setting(
                "waits_at_most", .duration, in: 1...86400, standard: "3m",
                "How long the agent waits; then the caller waits alone.", example: "3m"),
        ])

    package static let consult = SettingList(
        "consult",
        [
            Setting("with", .text, "The contact type whose people are asked.", example: "nurse_triage"),
            Setting("share", .share, "The share of contacts in which somebody is asked.", example: "5%"),
            Setting("takes", .randomDuration, "How long both talk.", example: "2m"),
            Setting(
                "waits_at_most", .duration, in: 1...86400, standard: "3m",
                "How long the agent waits for a colleague; then goes on without.", example: "3m"),
        ])

    package static let interpreter = SettingList(
        "interpreter",
        [
            Setting("languages", .list(.name(.languages)), "The languages that are interpreted.", example: "[es]"),
            Setting(
                "after", .duration, in: 0...86400, standard: "0s",
                "The wait after which agents who do not speak the language may take it.", example: "30s"),
            Setting(
                "connect", .duration, in: 0...3600, standard: "0s", "How long until the interpreter is on the line.",
                example: "45s"),
            Setting(
                "handle_time", .factor, in: 0.05...20, standard: "100%", "How long it takes compared with a speaker.",
                example: "150%"),
        ])

    package static let misrouted = SettingList(
        "misrouted",
        [
            Setting("to", .text, "The contact type whose people get them.", example: "billing"),
            Setting("share", .share, "The share of contacts that lands there.", example: "5%"),
            Setting("takes", .randomDuration, "How long until it is noticed.", example: "1m"),
        ])

    package static let balk = SettingList(
        "balk",
        [
            Setting("share", .share, "The share of those who would have to wait.", example: "20%"),
            Setting(
                "over", .duration, in: 0...86400, standard: "0s",
                "The announced wait from which on: what whoever is first in the queue has waited.", example: "2m"),
        ])

    package static let reach = SettingList(
        "reach",
        [
            Setting(
                "share", .share, in: 0.05...1, "The share of tries that reaches the right person.", example: "55%"),
            Setting("attempts", .count, in: 1...20, standard: "1", "How often is tried.", example: "3"),
            Setting(
                "retry_after", .duration, in: 1...604_800, standard: "4h", "How long until the next try.",
                example: "4h"),
            Setting(
                "takes", .duration, in: 0...3600, standard: "30s", "How long a try takes that reaches nobody.",
                example: "30s"),
        ])

    package static let reply = SettingList(
        "replies.<contact type>",
        [
            Setting("share", .share, "The share of those reached.", example: "20%"),
            Setting("after", .randomDuration, "When they contact us.", example: "2h"),
        ])

    package static let chase = SettingList(
        "chase",
        [
            Setting("share", .share, "The share of those still waiting then.", example: "20%"),
            Setting(
                "after", .duration, in: 1...31_536_000, "The wait after which, on the clock of the target.",
                example: "1d"),
            Setting("as", .text, "The contact type as which they come.", example: "scheduling"),
        ])

    package static let wrapUpLater = SettingList(
        "wrap_up_later",
        [
            Setting(
                "when_waiting", .count, in: 1...100_000, "How many contacts of the type must wait when the talk ends.",
                example: "3"),
            Setting(
                "due", .duration, in: 60...31_536_000, "When it must be done, in opening time; 1d is one open day.",
                example: "4h"),
        ])

    package static let handleTimeBy = SettingList(
        "handle_time_by",
        [
            Setting(
                "wait", .map(.steps(.duration, .value(.factor))), "From which wait on handling takes how long.",
                example: "{2m: 110%, 5m: 120%}"),
            Setting(
                "waiting", .map(.steps(.number, .value(.factor))), "With how many waiting handling takes how long.",
                example: "{5: 95%}"),
        ])

    package static let callback = SettingList(
        "callback",
        [
            Setting("offer_after", .duration, in: 0...86400, "The wait after which it is offered.", example: "2m"),
            Setting("accepted", .share, "The share that accepts.", example: "35%"),
            Setting(
                "call_within", .duration, in: 1...604_800,
                "The promise: called by then; as it runs out, first of its priority.",
                example: "30m"),
            Setting("attempts", .count, in: 1...20, standard: "2", "How often is tried.", example: "2"),
            Setting(
                "no_answer", .share, in: 0...0.95, standard: "0%", "The chance that nobody answers a try.",
                example: "20%"),
            Setting(
                "retry_after", .duration, in: 1...604_800, standard: "10m", "How long until the next try.",
                example: "10m"),
            Setting(
                "chase", .share, "The share of callers who call again when the promise is broken.",
                example: "40%"),
            Setting(
                "ringing", .duration, in: 0...600, standard: "30s", "What a try that nobody answers takes.",
                example: "30s"),
            Setting(
                "between", .clockRange, standard: "08:00-21:00",
                "When people may be called while the type is closed, on any day but holidays.",
                example: "09:00-20:00"),
            Setting(
                "before_everything", .word(["yes", "no"]), standard: "no",
                "Whether a call goes before all else after two thirds of the promise.",
                example: "yes"),
        ])

    package static let recontact = SettingList(
        "repeat",
        [
            Setting(
                "share", .share, "The share that comes again, of contacts not handed on to another type.",
                example: "12%"),
            Setting("after", .randomDuration, "When they come again.", example: "1d"),
        ])

    package static let followUp = SettingList(
        "follow_up",
        [
            Setting(
                "share", .share, "The share with desk work, of contacts not handed on to another type.", example: "70%"),
            Setting("work", .randomDuration, "How long it takes.", example: "9m"),
            Setting(
                "due", .duration, in: 60...31_536_000, "When it must be done, in opening time; 1d is one open day.",
                example: "2d"),
            Setting(
                "touches", .count, in: 1...9, "How often it must be taken up until it is done.",
                example: "3"),
            Setting(
                "wait", .randomDuration, standard: "1d", "Between touches, until others have answered.",
                example: "{mean: 2d}"),
            Setting(
                "chase", .share, "The share of callers who ask when it is not begun in time.",
                example: "10%"),
        ])

    package static let target = SettingList(
        "target",
        [
            Setting("share", .share, "The share promised.", example: "80%"),
            Setting("in", .duration, in: 0...31_536_000, "The acceptable wait.", example: "30s"),
            Setting(
                "rule", .word(ServiceLevelNames.all), "How it is counted; the center's rule if not given.",
                example: "of_all_offered"),
            Setting(
                "clock", .word(ServiceTarget.Clock.allCases.map(\.rawValue)), standard: "all_hours",
                "Whether time goes on while closed; on open_hours 1d is one open day.", example: "open_hours"),
        ])

    package static let redial = SettingList(
        "redial",
        [
            Setting("share", .share, "The chance that one who hung up calls again.", example: "45%"),
            Setting(
                "later", .list(.value(.share)),
                "The chance after the second hang-up, the third …; the last one holds on.",
                example: "[30%, 15%]"),
            Setting("after", .randomDuration, standard: "10m", "How long until then.", example: "12m"),
            Setting("at_most", .count, in: 1...100, standard: "3", "The most redials of one caller.", example: "3"),
            Setting(
                "when_blocked", .share, "The chance that one who found no line calls again, if it is another.",
                example: "80%"),
            Setting(
                "after_blocked", .randomDuration, "How long until then, if it is another time.", example: "2m"),
            Setting(
                "same_caller", .word(["yes", "no"]), standard: "no",
                "Whether patience and handling are the caller's own each time, not drawn anew.", example: "yes"),
        ])

    package static let randomDuration = SettingList(
        "a random duration",
        [
            Setting("mean", .duration, in: 0.001...31_536_000, "The mean.", example: "4m40s"),
            Setting("spread", .number, in: 0.01...20, "Standard deviation / mean.", example: "0.7"),
            Setting(
                "shape", .word(["lognormal", "gamma", "exponential", "weibull", "fixed"]), "The distribution.",
                example: "lognormal"),
            Setting("samples", .text, "A file with one observed duration a row.", example: "talk.csv"),
            Setting(
                "estimate_from", .block(estimate), "Patience from what is measured.",
                example: "{abandonment: 4%, average_wait: 35s}"),
        ])

    package static let estimate = SettingList(
        "estimate_from",
        [
            Setting("abandonment", .share, in: 0.0001...1, "The share of contacts that hang up.", example: "4%"),
            Setting(
                "average_wait", .duration, in: 0.1...86400, "The mean wait of all contacts, hang-ups included.",
                example: "35s"),
        ])

    package static let arrivals = SettingList(
        "arrivals",
        [
            Setting("file", .text, "A table of expected contacts.", example: "arrivals.csv"),
            Setting("gaps", .word(["zero"]), "Rows that the table lacks mean 0.", example: "zero"),
        ])

    package static let agentGroup = SettingList(
        "agent_groups.<name>",
        [
            Setting("label", .text, "What it is called in reports.", example: "Nurses"),
            Setting("people", .count, in: 0...1_000_000, "How many belong to the group.", example: "16"),
            Setting("wage", .rate, in: 0...1e9, "Money per paid hour.", example: "19.30 per hour"),
            Setting(
                "overtime", .factor, in: 1...10,
                "What an hour after the shift's end or beyond contract_h costs compared with others.",
                example: "150%", allowsNone: true),
            Setting(
                "timezone", .zone, "The time zone of the group's shifts, roster and paces; the center's if not given.",
                example: "America/Denver"),
            Setting(
                "languages", .list(.name(.languages)), "Languages spoken, first language first.", example: "[es, en]"),
            Setting(
                "licences", .list(.value(.text)), "What these people are licensed for.", example: "[rn]",
                spelling: "licenses"),
            Setting(
                "skills", .map(.byName(.contactTypes, .oneOf([.value(.count), .block(skill)]))),
                "What the group serves: contact types, and what they bring about where it differs.",
                example: "{scheduling: 1, refill: 2}"),
            Setting(
                "agents", .map(people), "People on duty: a number, numbers by days, a table, or as_needed.",
                example: "9"),
            Setting(
                "roster", .text,
                "A table of named people, a row each: agent_id, agent_group, Mon to Sun.",
                example: "roster.csv"),
            Setting(
                "tiers", .map(.byName(.own, .oneOf([.value(.share), .block(tier)]))),
                "Levels of experience, with each one's share of the people.",
                example: "{new: {share: 30%, handle_time: 130%, ramp: 8w}, experienced: 70%}", allowsNone: true),
            Setting(
                "pace", .map(.steps(.clockRange, .value(.factor))),
                "What is done of the usual in a time, by hours of the day.",
                example: "{13:00-14:00: 95%}", allowsNone: true),
            Setting(
                "late", .block(stray), "Who comes late.", example: "{share: 10%, by: {mean: 6m}}", allowsNone: true),
            Setting(
                "leaves_early", .block(stray), "Who goes early.", example: "{share: 5%, by: {mean: 15m}}",
                allowsNone: true),
            Setting(
                "adherence", .share, in: 0.5...1,
                "The share of a shift in which people do what is planned; its times stray accordingly.", example: "94%",
                allowsNone: true),
            Setting(
                "max_occupancy", .share, in: 0.01...1, "The busiest that agents should be: judged, not enforced.",
                example: "85%", allowsNone: true),
        ])

    package static let tier = SettingList(
        "tiers.<name>",
        [
            Setting("share", .share, "The tier's part of the group's people.", example: "30%"),
            Setting("people", .count, in: 0...1_000_000, "Their number, where shares are not given.", example: "4"),
            Setting(
                "handle_time", .factor, in: 0.05...20, standard: "100%", "How long they take compared with others.",
                example: "130%"),
            Setting(
                "repeat", .factor, in: 0...20, standard: "100%",
                "How often their contacts come again compared with others'.", example: "130%"),
            Setting(
                "transfers", .factor, in: 0...20, standard: "100%", "How often they hand on compared with others.",
                example: "150%"),
            Setting(
                "ramp", .duration, in: 3600...315_360_000,
                "From the first day on, until they are like all others.", example: "8w"),
            Setting(
                "mentoring", .share, in: 0...0.9,
                "The share of time that others lose while one of them learns on shift.",
                example: "5%"),
        ])

    package static let pace = SettingList(
        "pace", [Setting("pace", .factor, in: 0.05...20, "What is done of the usual.", example: "95%")])

    package static let stray = SettingList(
        "late",
        [
            Setting("share", .share, "The share of shifts on which it happens.", example: "10%"),
            Setting("by", .randomDuration, "By how much.", example: "{mean: 6m}"),
        ])

    package static let skill = SettingList(
        "skills.<contact type>",
        [
            Setting("rank", .count, in: 1...9, standard: "1", "1 is asked first.", example: "2"),
            Setting(
                "handle_time", .factor, in: 0.05...20, standard: "100%", "How long it takes compared with others.",
                example: "120%"),
            Setting(
                "only_when_idle", .word(["yes", "no"]), standard: "no", "Only when nothing else is waiting.",
                example: "yes"),
            Setting(
                "set_up", .duration, in: 0...14400, standard: "0s",
                "Time until the first word, such as of people on call.", example: "10m"),
        ])

    package static let shift = SettingList(
        "shifts.<name>",
        [
            Setting("start", .clock, "When it starts.", example: "07:00"),
            Setting("length", .duration, in: 900...86400, "From start to end, lunch included.", example: "8h30m"),
            Setting(
                "lunch", .block(lunch), "Unpaid, within a window.", example: "{length: 30m, between: 11:00-13:30}",
                allowsNone: true),
            Setting("breaks", .text, "Paid breaks.", example: "2 x 15m", allowsNone: true),
        ])

    package static let lunch = SettingList(
        "lunch",
        [
            Setting("length", .duration, in: 60...14400, "How long.", example: "30m"),
            Setting("between", .clockRange, "The window in which it lies.", example: "11:00-13:30"),
        ])

    package static let activity = SettingList(
        "activities",
        [
            Setting("name", .text, "What it is called.", example: "huddle"),
            Setting(
                "groups", .list(.name(.agentGroups)), "Whose people attend; of all groups with shifts if not given.",
                example: "[nurses]"),
            Setting("days", .days, standard: "daily", "On which days.", example: "Mon-Fri"),
            Setting("start", .clock, "When it starts.", example: "08:30"),
            Setting("length", .duration, in: 60...43200, "How long it takes.", example: "15m"),
            Setting(
                "people", .text, standard: "all",
                "How many of those on shift attend: `all`, `half` or a number; who was at one of the name comes last.",
                example: "half"),
            Setting("paid", .word(["yes", "no"]), standard: "yes", "Whether the time is paid.", example: "yes"),
        ])

    package static let shrinkagePart = SettingList(
        "shrinkage.<part>",
        [
            Setting(
                "share", .share, in: 0...0.95,
                "The share of paid time; of parts that fall differently, of what the others leave.", example: "7%"),
            Setting(
                "when", .word(["whole_days", "in_shift", "unplanned"]), standard: "whole_days",
                "Days that even out, pieces within shifts, or each person alone on the day (as sick).",
                example: "unplanned"),
        ])

    static let routing = SettingList(
        "routing",
        [
            Setting(
                "pick_contact", .policy(contactPolicies), standard: contactPolicies[0].keyword,
                "Which waiting contact a free agent takes.", example: "{ageing: 2m}"),
            Setting(
                "pick_agent", .policy(agentPolicies), standard: agentPolicies[0].keyword,
                "Which free agent takes a contact.", example: "longest_idle"),
            Setting(
                "sticky", .word(["yes", "no"]), standard: "no",
                "Whether one who comes again, or is handed back, goes to the same agent, if idle.", example: "yes"),
            Setting(
                "overflow", .list(.block(overflow)), "Further groups after a wait.",
                example: "[{type: billing, after: 2m, to: access_reps}]", allowsNone: true),
            Setting(
                "reserve", .map(.byName(.contactTypes, .value(.count))),
                "How many agents must stay idle when one of them takes a contact of the type.",
                example: "{emails: 2}", allowsNone: true),
        ])

    /// What may be told of each policy.
    package static let contactPolicies = RoutingPolicies.pickContact.map {
        SettingList("routing.pick_contact." + $0.keyword, $0.settings, summary: $0.summary)
    }
    package static let agentPolicies = RoutingPolicies.pickAgent.map {
        SettingList("routing.pick_agent." + $0.keyword, [], summary: $0.summary)
    }

    package static let overflow = SettingList(
        "routing.overflow",
        [
            Setting("type", .text, "The contact type that goes to a further group.", example: "billing"),
            Setting("after", .duration, in: 0...604_800, "The wait after which it does.", example: "2m"),
            Setting(
                "when_waiting", .count, in: 1...100_000, "Or: how many of the type must wait.", example: "8"),
            Setting("to", .text, "The agent group that may serve it from then on.", example: "access_reps"),
        ])

    static let rules = SettingList(
        "rules",
        [
            Setting(
                "service_level", .word(ServiceLevelNames.all), standard: "of_all_offered",
                "How the service level is counted.", example: "of_all_offered"),
            Setting(
                "short_abandon", .duration, in: 0...3600, standard: "5s", "Hang-ups within this time count as short.",
                example: "5s"),
            Setting(
                "max_occupancy", .share, in: 0.01...1, "The busiest that agents should be: judged, not enforced.",
                example: "85%", allowsNone: true),
            Setting(
                "end_of_shift", .word(Rules.EndOfShift.allCases.map(\.rawValue)), standard: "finish_current",
                "What becomes of a contact whose agent's shift ends: finished, or handed back to its queue.",
                example: "hand_back"),
            Setting(
                "waiting_places", .count, in: 0...1_000_000,
                "How many may wait on the line at once, over all live contact types; more are blocked.", example: "40",
                allowsNone: true),
            Setting(
                "waiting_at_close", .word(Rules.WaitingAtClose.allCases.map(\.rawValue)), standard: "serve",
                "What becomes of those who wait at closing time.", example: "serve"),
            Setting(
                "callbacks", .word(Rules.Instead.allCases.map(\.rawValue)), standard: "left_out",
                "How those count in the service level who accept a callback.", example: "as_missed"),
            Setting(
                "closed", .word(Rules.Instead.allCases.map(\.rawValue)), standard: "left_out",
                "How those count in the service level who find a type closed.", example: "as_missed"),
            Setting(
                "dst", .word(["keep_length", "keep_end"]), standard: "keep_end",
                "What a shift keeps when the clocks change.", example: "keep_length"),
        ])

    static let experiment = SettingList(
        "experiment",
        [
            Setting(
                "mode", .word(["runs", "long_run"]), standard: "runs",
                "Many independent runs of the period, or one long run in which its days repeat.", example: "long_run"),
            Setting(
                "replications", .count, in: 1...10_000_000, standard: "auto",
                "How often to play it; `auto` until the precision is reached.", example: "400"),
            Setting(
                "precision", .map(.oneOf([.value(.text), .byName(.own, .value(.text))])), standard: "1 point",
                "The half-width that each service level, or each figure named here, must reach.",
                example: "{service_level: 1 point, asa: 2s, abandonment: 0.5 points}"),
            Setting(
                "max", .count, in: 20...10_000_000, standard: "2000", "The most replications.", example: "2000"),
            Setting(
                "confidence", .share, in: 0.5...0.9999, standard: "95%", "The confidence of every interval.",
                example: "95%"),
            Setting("seed", .count, standard: "1", "Chooses the random numbers.", example: "1"),
            Setting(
                "variance_reduction",
                .list(.value(.word(VarianceReduction.Method.allCases.map(\.rawValue) + ["auto"]))), standard: "auto",
                "How intervals are narrowed without more runs; `auto` is control_variates.",
                example: "[control_variates, stratified]", allowsNone: true),
            Setting("length", .duration, in: 86400...864e9, "How long a long run is.", example: "200d"),
            Setting(
                "warm_up", .duration, in: 0...864e9,
                "The first part of a long run, played but not counted; `auto` finds where it has settled.",
                example: "2d"),
            Setting(
                "sweep", .map(.byName(.settings, .list(.value(.text)))), "Settings to vary.",
                example: "{agents: [8, 9, 10]}", notYet: "a sweep is"),
        ])
}

/// The names of the service-level formulas.
package enum ServiceLevelNames {
    /// Every name, with its formula or nil when it is not simulated yet.
    package static let rules: [(name: String, rule: ServiceLevelRule?)] = [
        ("of_all_offered", .ofAllOffered), ("without_short_abandons", .withoutShortAbandons),
        ("abandons_count_as_met", .abandonsCountAsMet), ("of_answered", .ofAnswered),
        ("short_hangups_as_served", .shortHangupsCountAsMet), ("short_hangups_ignored", .shortHangupsIgnored),
        ("hangups_as_served", .abandonsCountAsMet), ("answered_only", .ofAnswered),
        ("early_hangups_ignored", .withoutShortAbandons),
        ("F1", .abandonsCountAsMet), ("F2", .ofAnswered), ("F3", .ofAllOffered), ("F4", .withoutShortAbandons),
        ("F5", .shortHangupsCountAsMet), ("F6", .shortHangupsIgnored), ("F7", nil), ("F8", nil),
    ]
    static let all = rules.map(\.name)
}
