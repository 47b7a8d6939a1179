/// Scenarios to begin with.
struct Template {
    enum Name: String, CaseIterable, Sendable {
        case smallClinic = "small-clinic"
        case oneQueue = "one-queue"
        case accessCenter = "access-center"
    }

    var name: Name
    /// For `init --list`.
    var summary: String
    var text: String

    static var all: [Template] { Name.allCases.map { Template[$0] } }
    static var allNames: String { Name.allCases.map(\.rawValue).joined(separator: "|") }

    static subscript(_ name: Name) -> Template {
        switch name {
        case .smallClinic:
            Template(name: name, summary: "eleven lines: one phone line, one team, a week", text: smallClinic)
        case .oneQueue:
            Template(name: name, summary: "the textbook queue, with an answer known from theory", text: oneQueue)
        case .accessCenter:
            Template(
                name: name, summary: "the long form: three contact types, two groups, skills, languages, shifts",
                text: accessCenter)
        }
    }

    private static let smallClinic = """
        name: Maple Street Clinic
        timezone: America/New_York
        open: Mon-Fri 08:00-17:00
        calls: {Mon: 320, Tue-Thu: 260, Fri: 240}
        day_shape: healthcare
        talk: 4m30s
        wrap_up: 1m30s
        patience: 10m
        agents: 9
        shrinkage: 30%
        target: 80% in 30s

        """

    private static let oneQueue = """
        # One queue that is open day and night: 44 calls an hour of 6 minutes are 4.4 people's worth of work.
        # Theory (Erlang A, patience 3m, 7 agents): 89.7% answered in 30s, 4.3% hang up.
        name: One queue
        timezone: UTC
        open: daily 00:00-24:00
        calls: {daily: 1056}
        day_shape: flat
        talk: {mean: 6m, shape: exponential}
        patience: {mean: 3m, shape: exponential}
        agents: 7
        target: 80% in 30s

        """

    private static let accessCenter = """
        # A small patient access center in the long form: who calls, who can answer, who works when.
        # All numbers are made up.
        format: 1
        name: Patient access center
        timezone: America/Chicago
        currency: USD
        days: 7                                     # a week

        hours:
          phones: {Mon-Fri: 08:00-18:00}
          nurses: {Mon-Fri: 08:00-18:00}

        defaults:                                   # for every contact type, unless it says otherwise
          channel: phone
          day_to_day: 7%                            # how far a day's volume strays from the plan
          patience: 10m                             # mean time a caller is willing to wait
          redial: {share: 45%, after: 12m, at_most: 3}

        contact_types:
          scheduling:
            label: Appointment scheduling
            hours: phones
            languages: {en: 86%, es: 14%}           # Spanish callers need an agent who speaks it
            arrivals: {Mon: 330, Tue-Fri: 270}
            day_shape: healthcare
            talk: {mean: 4m40s, spread: 0.7}        # spread = standard deviation / mean
            wrap_up: 1m10s
            target: 80% in 30s
            max_abandonment: 5%
          refill:
            label: Medication refill
            hours: phones
            arrivals: {Mon: 110, Tue-Fri: 90}
            day_shape: healthcare
            talk: 3m15s
            wrap_up: 1m30s
            target: 80% in 30s
          nurse_triage:
            label: Nurse triage
            hours: nurses
            priority: 1                             # 1 is served first; the default is 5
            arrivals: {Mon: 90, Tue-Fri: 60}
            day_shape: healthcare
            talk: {mean: 9m30s, spread: 0.6}
            wrap_up: 3m
            target: 90% in 30s

        agent_groups:
          access_reps:
            label: Patient access representatives
            people: 14
            wage: 19.30 per hour
            languages: [en]
            skills: {scheduling: 1, refill: 1}
          bilingual_reps:
            label: Bilingual representatives
            people: 5
            wage: 20.50 per hour
            languages: [es, en]                     # first language first
            skills: {scheduling: 1, refill: {rank: 2, handle_time: 110%}}
          nurses:
            people: 8
            wage: 41.00 per hour
            languages: [en]
            skills: {nurse_triage: 1}

        shifts:
          early: {start: 08:00, length: 8h30m, lunch: {length: 30m, between: 11:00-13:30}, breaks: 2 x 15m}
          late:  {start: 09:30, length: 8h30m, lunch: {length: 30m, between: 12:30-15:00}, breaks: 2 x 15m}

        staffing:                                   # how many start each shift
          access_reps:    {Mon: {early: 7, late: 5}, Tue-Fri: {early: 6, late: 4}}
          bilingual_reps: {Mon-Fri: {early: 2, late: 2}}
          nurses:         {Mon: {early: 4, late: 4}, Tue-Fri: {early: 3, late: 3}}

        shrinkage:                                  # time paid but not on contacts; breaks are in the shifts
          vacation: 7%
          sick: 4.5%
          training: 2%

        experiment:
          precision: 1 point
          seed: 1

        """
}
