/// The whole library under one name; each module has a page of its own.
@_exported import Center
@_exported import Documents
@_exported import Experiments
@_exported import Planning
@_exported import Probability
@_exported import Queueing
@_exported import Reports
@_exported import ScenarioReading
@_exported import ScenarioText
@_exported import Simulator
@_exported import Studies
@_exported import Tabular
