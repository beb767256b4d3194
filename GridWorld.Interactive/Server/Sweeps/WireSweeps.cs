#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>A sweep or an ensemble in the list.</summary>
/// <param name="Kind">"sweep" or "ensemble".</param>
/// <param name="World">The name of its world, or its worlds.</param>
/// <param name="Created">When it began, in milliseconds since 1970.</param>
/// <param name="Error">Why its file cannot be read.</param>
internal sealed record WireSweep(string SweepId, string Name, string Kind, RunState State, string World, string Learner, long Created,
    long Trials, long Ended, long Steps, string? Error);

/// <summary>How a sweep or an ensemble stands.</summary>
/// <param name="CanControl">Whether the caller may pause and stop it.</param>
/// <param name="CanResume">Whether the caller may resume it in the server's process.</param>
/// <param name="Seconds">Seconds of training so far.</param>
/// <param name="SecondsLeft">Seconds until it ends; null if unknown.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Sweep">What only a sweep has.</param>
/// <param name="Ensemble">What only an ensemble has.</param>
internal sealed record WireSweepStatus(string SweepId, string Name, RunState State, bool CanControl, bool CanResume, string World,
    string Learner, long Steps, double? Seconds, double? SecondsLeft, string? Message, WireSweepPart? Sweep, WireEnsemblePart? Ensemble);

/// <summary>What only a sweep has.</summary>
/// <param name="HigherIsBetter">Whether a greater objective is better; null if the server does not know the objective.</param>
/// <param name="Seeds">Number of seeds of a trial.</param>
/// <param name="Groups">The combinations of a world and a learner.</param>
/// <param name="Settings">The names of the varied settings.</param>
/// <param name="Workers">The other machines that train for it.</param>
internal sealed record WireSweepPart(string Objective, bool? HigherIsBetter, long Trials, long Ended, long Failed, int Seeds, int TestSeeds,
    string Sampler, string Pruner, IReadOnlyList<WireSweepGroup> Groups, IReadOnlyList<string> Settings, IReadOnlyList<WireBest> Best,
    IEnumerable<WorkerStatus> Workers);

/// <summary>A world and a learner of a sweep.</summary>
internal sealed record WireSweepGroup(string World, string Learner);

/// <summary>The best settings of a world and a learner.</summary>
/// <param name="Settings">The settings by name.</param>
/// <param name="TestObjective">The objective on fresh seeds; null until they have ended.</param>
/// <param name="Low">The lower end of the 95 % interval of the test objective.</param>
internal sealed record WireBest(string World, string Learner, long Trial, RawJson Settings, double Objective, double? TestObjective,
    double? Low, double? High);

/// <summary>What only an ensemble has.</summary>
/// <param name="FirstSeed">As text, because it can exceed JavaScript's integers.</param>
/// <param name="Episodes">Number of episodes that every seed has ended.</param>
/// <param name="MeanReturn">The interquartile mean over seeds of the mean return of their last 100 episodes.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
internal sealed record WireEnsemblePart(int Seeds, string FirstSeed, int Failed, long Episodes, long? TargetEpisodes, double StepsPerSecond,
    double? MeanReturn, double? Low, double? High);

/// <summary>A part of the trials of a sweep.</summary>
/// <param name="All">Number of trials that have begun, tests included.</param>
/// <param name="Tests">Number of those that test the best settings on fresh seeds.</param>
/// <param name="Total">Number of those that the filter lets through.</param>
internal sealed record WireTrials(int All, int Tests, int Total, IReadOnlyList<WireTrial> Trials);

/// <summary>A trial of a sweep.</summary>
/// <param name="Settings">The fixed settings that apply and the varied ones, by name.</param>
/// <param name="Seeds">Number of its seeds.</param>
/// <param name="State">"waiting", "running", "done", "pruned" or "failed".</param>
/// <param name="Purpose">"tune", or "test" for the best settings on fresh seeds.</param>
/// <param name="SameAs">The earlier trial with the same settings, whose results these are.</param>
internal sealed record WireTrial(long Trial, string World, string Learner, RawJson Settings, int Seeds, double? Objective, string State,
    long Episodes, string Purpose, long? SameAs, string? Hash, string? Error);

/// <summary>A part of the seeds of a trial or an ensemble.</summary>
/// <param name="Total">Number of seeds that the filter lets through.</param>
internal sealed record WireSeeds(int Total, IReadOnlyList<WireSeed> Seeds);

/// <summary>A seed of a trial or an ensemble.</summary>
/// <param name="RunId">The id by which it opens as a run.</param>
/// <param name="Seed">As text, because it can exceed JavaScript's integers.</param>
/// <param name="Score">What the objective of the sweep gives for it.</param>
internal sealed record WireSeed(string RunId, string Seed, string State, long Episodes, long Steps, double? MeanReturn, double? Score,
    double? GreedyValue, string? Error);

/// <summary>The trials of a sweep that have an objective, as columns of numbers, for charts.</summary>
/// <param name="Total">Number of such trials; if there are more than are sent, they are an even sample.</param>
/// <param name="Axes">The axes: world and learner if there are several, the varied settings, and the objective.</param>
/// <param name="Trials">The numbers of the trials.</param>
/// <param name="Columns">A list for each axis: the value of each trial, or the place of its word; null where it has none.</param>
/// <param name="Out">The places of the trials that the filter does not let through.</param>
internal sealed record WireSweepPlot(int Total, IReadOnlyList<WireAxis> Axes, IReadOnlyList<long> Trials,
    IReadOnlyList<IReadOnlyList<double?>> Columns, IReadOnlyList<int> Out);

/// <summary>An axis of a chart of trials.</summary>
/// <param name="Words">The words that the values stand for; null for numbers.</param>
internal sealed record WireAxis(string Name, bool IsLogarithmic, IReadOnlyList<string>? Words);

/// <summary>How much each varied setting matters in one world for one learner.</summary>
/// <param name="Trials">Number of trials that this is computed from.</param>
internal sealed record WireImportances(string World, string Learner, int Trials, IReadOnlyList<ParameterImportance> Shares);

/// <summary>The learning curve of an ensemble.</summary>
/// <param name="Ends">The last episode, or step, of each point.</param>
/// <param name="Mean">The mean return over all seeds at each point.</param>
/// <param name="Low">The lower end of its 95 % bootstrap interval.</param>
/// <param name="Lines">Some of the seeds, evenly spread.</param>
internal sealed record WireEnsembleCurve(IReadOnlyList<long> Ends, IReadOnlyList<double> Mean, IReadOnlyList<double> Low,
    IReadOnlyList<double> High, IReadOnlyList<WireSeedLine> Lines);

/// <summary>How often returns occur.</summary>
/// <param name="First">The first episode that counts; 0 for the seeds of an ensemble.</param>
internal sealed record WireHistogram(long First, long Last, IReadOnlyList<WireBar> Bars);

/// <summary>A bar of a histogram: the values from <paramref name="Low"/> to below <paramref name="High"/>; the last bar holds its high,
/// too.</summary>
internal sealed record WireBar(double Low, double High, long Count);

/// <summary>The learning curve of a seed, at the points of the ensemble's.</summary>
internal sealed record WireSeedLine(string Seed, IReadOnlyList<double> Values);
