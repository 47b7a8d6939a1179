import Documents
import Probability
import Queueing
import Simulator

extension Glossary {
    /// How sure.
    static let certaintyTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "simulation", .certainty, also: ["replication", "run", "runs", "replications"],
            "playing the scenario many times with other random numbers; one time is a run.",
            settings: ["experiment.replications"], see: ["confidence interval", "precision", "seed"]),
        GlossaryTerm(
            "confidence interval", .certainty, also: ["ci", "margin of error", "half-width", "plus minus", "lo", "hi"],
            "where the true value lies, most likely, given that only so many runs were played; printed as ±.",
            settings: ["experiment.confidence"], see: ["precision", "simulation", "standard deviation"]
        ) {
            let runs = [0.80, 0.82, 0.85, 0.81, 0.83]
            var tally = RatioTally()
            for run in runs { tally.add(run, over: 1) }
            guard let e = tally.estimate(confidence: 0.95) else { return "" }
            let shown = runs.map { PlainNumbers.percent($0, digits: 0) }.joined(separator: ", ")
            return "Half-width = Student's quantile x standard deviation / square root of runs. \(shown) in 5 runs: "
                + "\(PlainNumbers.percent(e.value, digits: 1)) ±\(PlainNumbers.points(e.reach)) points. It speaks of the "
                + "mean over many weeks, not of next week: for that see chance met."
        },
        GlossaryTerm(
            "precision", .certainty, also: ["stopping rule", "--precision"],
            "the half-width at which \"simulate\" stops: by default when every service level is within 1 point.",
            settings: ["experiment.precision", "experiment.max"], see: ["confidence interval", "simulation"]
        ) {
            "Half the width takes four times the runs. Any figure can be watched: {service_level: 1 point, asa: 2s, "
                + "nurse_triage.wait_p95: 10%}."
        },
        GlossaryTerm(
            "long run", .certainty, also: ["long_run", "steady state", "mser-5", "batch means", "warm-up", "warm_up"],
            "one run in which the days of the period repeat, queue and people carrying over, instead of many runs.",
            settings: ["experiment.mode", "experiment.length", "experiment.warm_up"],
            see: ["simulation", "confidence interval"]
        ) {
            "The beginning is left out where that makes the rest steadier (MSER-5); the rest is cut into 20 to 30 batches, "
                + "whose means give the interval. It says so when it does not settle."
        },
        GlossaryTerm(
            "standard deviation", .certainty, also: ["sd", "spread", "variance"],
            "how far single values stray from their mean; sd in our tables is from run to run.",
            settings: ["contact_types.<name>.day_to_day"], see: ["confidence interval", "busyness"]
        ) { "A spread is standard deviation / mean: talk with mean 4m and spread 0.5 has a standard deviation of 2m." },
        GlossaryTerm(
            "chance met", .certainty, also: ["chance", "chance_met_pct", "probability of meeting the target"],
            "the share of simulated days or weeks that kept the promise.",
            settings: ["contact_types.<name>.target"], see: ["service level", "busyness", "confidence interval"]
        ) {
            "A mean above the promise may yet miss it on many days: the mean hides the bad ones."
        },
        GlossaryTerm(
            "seed", .certainty, also: ["random numbers", "random seed", "common random numbers"],
            "the number that chooses the random numbers: the same seed gives the same calls.",
            settings: ["experiment.seed"], see: ["simulation"]
        ) { "Two staffings with one seed meet the same callers, so that their difference shows sooner." },
        GlossaryTerm(
            "verdict", .certainty, also: ["met", "missed", "MISSED by", "too close to call"],
            "whether the simulated mean keeps the promise, to all callers and to those of each language.",
            see: ["target", "chance met", "confidence interval"]
        ) {
            "\"MISSED by 5.3 points\" is the distance to it; \"too close to call\" means that the interval holds the promise, and "
                + "more runs would tell. --fail-if-missed goes by the value alone."
        },
    ]

    /// Files.
    static let fileTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "scenario", .files, also: ["scenario file", "yaml"],
            "the file that describes a center: hours, contacts, people, rules; \"switchboard init\" makes one.",
            settings: ["format", "name", "include"], see: ["run folder", "assumed"]),
        GlossaryTerm(
            "assumed", .files, also: ["assumption", "default", "assumptions"],
            "what the program took for a setting that the file leaves out; \"check --expand\" prints all of it.",
            see: ["scenario"]),
        GlossaryTerm(
            "run folder", .files, also: ["output", "results folder", "run.json"],
            "the folder of one result: tables, the scenario as it was read, and run.json with the way to repeat it.",
            see: ["scenario", "trace", "blank"]
        ) {
            "It is there before anything is printed, whole or not at all. Files that you put into it stay: a run that "
                + "would replace them or what you changed says so and asks for --force, which writes over changes and "
                + "keeps your files. A run stopped by Ctrl-C or by SIGTERM is kept and marked incomplete. \"check RUN\" "
                + "tells whether anything was changed. The id in its name stands for the question, the version of the "
                + "program and of its numbers, and the clocks of the period."
        },
        GlossaryTerm(
            "trace", .files, also: ["contacts.csv.gz", "call detail records", "cdr", "contact log"],
            "every contact of every run, a row each with what became of it and why; \"simulate --trace\" writes it.",
            see: ["run folder", "simulation", "contact"]
        ) {
            "Tables read the file as it is (R, pandas, DuckDB); gunzip makes plain CSV of it. A redial is a contact of its own "
                + "and names the call before as its parent. \"explain contact ID\" tells one contact's story in full."
        },
        GlossaryTerm(
            "blank", .files, also: ["empty cell", "undefined", "-"],
            "a cell without a value, such as the mean wait of nobody; never 0, never 100%.", see: ["run folder"]),
        GlossaryTerm(
            "exit code", .files, also: ["exit status", "return code", "status"],
            "the number a command ends with: 0 done, 64 wrong command line, 65 wrong file, 66 missing file.",
            see: ["scenario"]
        ) {
            "2 targets missed and 4 precision not reached come only when asked for; 3 no plan; 73, 74 cannot write; 130 "
                + "stopped by Ctrl-C, 143 by SIGTERM, 129 by closing the terminal, with what was done kept."
        },
    ]
}
