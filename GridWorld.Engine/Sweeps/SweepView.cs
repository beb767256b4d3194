using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>A sweep as its file has it: trained here (<see cref="SweepRun"/>), trained by another process, or ended.</summary>
public class SweepView
{
    const string Redis = "redis";
    readonly SweepHeader header;

    internal SweepView(string path)
    {
        StorePath = path;
        header = SweepFile.Read(path, SweepHeader.Read);
        Definition = DefinitionOf(header);
    }

    /// <summary>The id, which is unique in a store.</summary>
    public string Id => header.Id;

    /// <summary>The display name.</summary>
    public string Name => header.Name;

    /// <summary>What the sweep is.</summary>
    public Sweep Definition { get; }

    /// <summary>Whether a home of this sweep has registered itself in Redis.</summary>
    internal bool HasUsedRedis => HasNote(header);

    /// <summary>The path of the file.</summary>
    public string StorePath { get; }

    /// <summary>Opens a stored sweep for reading.</summary>
    /// <param name="sweep">Its id, its name, or the beginning of its id.</param>
    /// <param name="store">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    /// <exception cref="InputException">There is no such sweep, or its file is damaged.</exception>
    public static SweepView Open(string sweep, string? store = null) => new(SweepFolder.Find(Guard.NotNull(sweep), store).Path);

    /// <summary>How it stands.</summary>
    public SweepStatus Status() => SweepFile.Read(StorePath, connection =>
    {
        var now = SweepStanding.Read(connection);
        return new SweepStatus(Id, Name, StoredOwner.StateOf(connection, now.State, TimeProvider.System), now.Trials, now.Ended,
            connection.One("SELECT count(*) FROM trial WHERE state = 'failed'") as long? ?? 0, now.Steps, now.Seconds, now.Message);
    });

    /// <summary>The trials that have begun, in the order of their numbers; those that test the best settings come last.</summary>
    /// <param name="first">The first number, from 1. Default 1.</param>
    /// <param name="count">The most trials. Default: all.</param>
    public IReadOnlyList<TrialResult> TrialResults(long first = 1, int count = int.MaxValue) => SweepFile.Read<IReadOnlyList<TrialResult>>(
        StorePath, connection => first == 1 && count == int.MaxValue ? [.. All(connection)]
            : TrialTable.Read(connection, "WHERE trial >= $0 AND trial < $1", first, first + count).ConvertAll(TrialResult.Of));

    // Part by part, so that a million take no memory. A damaged file may have lost rows without SQLite noticing.
    static IEnumerable<TrialResult> All(SqliteConnection connection)
    {
        const int part = 10_000;
        long last = connection.One("SELECT max(trial) FROM trial") as long? ?? 0, next = 1, ended = 0;
        for (long first = 1; first <= last; first += part)
        {
            foreach (var trial in TrialTable.Read(connection, "WHERE trial >= $0 AND trial < $1", first, first + part))
            {
                if (trial.Purpose == StoredTrial.Tune)
                {
                    if (trial.Trial != next++)
                        throw new StoreDamage($"Trial {next - 1} is missing");
                    ended += trial.State is TrialState.Done or TrialState.Pruned or TrialState.Failed ? 1 : 0;
                }

                yield return TrialResult.Of(trial);
            }
        }

        long known = SweepStanding.Read(connection).Ended;
        if (ended < known)
            throw new StoreDamage($"{known - ended} of the {known} trials that have ended are missing");
    }

    /// <summary>The results of the seeds of a trial, after the last rung that each has ended.</summary>
    /// <exception cref="InputException">There is no such trial.</exception>
    public IReadOnlyList<SeedResult> Seeds(long trial) => SweepFile.Read(StorePath, connection =>
    {
        var found = TrialTable.Read(connection, header, trial);
        var seeds = SeedTable.Read(connection, found.SameAs ?? trial).ConvertAll(s => s.Result);
        int all = found.Purpose == StoredTrial.Test ? Definition.TestSeeds : Definition.Seeds;
        return found.State != TrialState.Done || seeds.Count == all ? seeds
            : throw new StoreDamage($"Trial {trial} has {seeds.Count} of its {all} seeds", "Resume the sweep: it trains them again.");
    });

    /// <summary>For each world and learner the best settings, and how they did on fresh seeds.</summary>
    public IReadOnlyList<BestTrial> BestTrials() => SweepFile.Read(StorePath, connection => Winners(All(connection))).Best(Seeds);

    /// <summary><see cref="BestTrials"/>, from all trials as they were read.</summary>
    internal IReadOnlyList<BestTrial> BestOf(IReadOnlyList<TrialResult> trials) => Winners(trials).Best(Seeds);

    TrialWinners Winners(IEnumerable<TrialResult> trials) => TrialWinners.Of(trials, Definition.Objective);

    /// <summary>
    /// How much each varied setting matters for the objective, for one world and learner: permutation importance in a random forest that is
    /// fitted to the trials that have ended (Breiman, 2001). Shares add up to 1.
    /// </summary>
    /// <param name="world">The world. Default: the sweep's only world.</param>
    /// <param name="learner">The learner. Default: the sweep's only learner.</param>
    /// <exception cref="InputException">The sweep has several worlds or learners and none is named, or too few trials have
    /// ended.</exception>
    public IReadOnlyList<ParameterImportance> Importances(string? world = null, string? learner = null) =>
        ImportancesIn(TrialResults(), world, learner);

    /// <summary><see cref="Importances"/>, from trials as they were read.</summary>
    internal IReadOnlyList<ParameterImportance> ImportancesIn(IReadOnlyList<TrialResult> trials, string? world, string? learner)
    {
        var groups = SweepPlan.Of(Definition).Groups;
        var chosen = groups.Where(g => (world is null || g.World == world) && (learner is null || g.Learner == learner)).ToList();
        if (chosen is not [var group])
        {
            throw new InputException($"The importance of settings is that in one world for one learner. There are: "
                + $"{string.Join("; ", groups.Select(g => $"{g.World}, {g.Learner}"))}.");
        }

        var names = group.Space.Parameters.Select(p => p.Name).ToHashSet();
        var points = trials.Where(t => !t.IsTest && t.World == group.World && t.Learner == group.Learner && t.Objective is not null)
            .Select(t => new ScoredPoint(new(t.Settings.Where(s => names.Contains(s.Key))), t.Objective!.Value)).ToList();
        return ParameterImportance.Of(group.Space, points, group.Seed);
    }

    /// <summary>The hash of the hashes of all trials in the order of their numbers; null until the sweep has ended.</summary>
    public string? Hash()
    {
        if (Status().State != RunState.Completed)
            return null;
        var all = new StateWriter();
        foreach (var trial in TrialResults())
            all.Write<char>(trial.Number.ToString(CultureInfo.InvariantCulture), trial.Hash ?? trial.Error ?? "");
        return all.Hash();
    }

    /// <summary>Trains one seed of a trial again, as a run with every step. It returns when the run has ended.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InputException">There is no such seed, or it does not come to the stored result.</exception>
    public RunView OpenSeed(long trial, ulong seed) =>
        Run.Open(string.Create(CultureInfo.InvariantCulture, $"{Id}/{trial}/{seed}"), Path.GetDirectoryName(StorePath));

    /// <summary>Trains seeds again and compares them with the stored results.</summary>
    /// <param name="sample">The most seeds, evenly spread over the trials. Default: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What differs; empty if nothing does.</returns>
    public IReadOnlyList<string> Verify(int sample = int.MaxValue, CancellationToken cancellationToken = default) =>
        SweepVerification.Run(StorePath, Definition.Objective, sample, cancellationToken);

    /// <summary>A line of facts.</summary>
    public override string ToString()
    {
        var now = Status();
        return Printable.Line(string.Create(CultureInfo.InvariantCulture, $"{Name}: {now.State.ToString().ToLowerInvariant()}, "
            + $"{now.Ended:N0} of {now.Trials:N0} trials, {now.Steps:N0} steps"));
    }

    /// <summary>Whether the header has the note that <see cref="Noted"/> adds.</summary>
    internal static bool HasNote(SweepHeader header) => JsonNode.Parse(header.Definition)![Redis] is not null;

    /// <summary>The header with the note that a home has registered itself in Redis.</summary>
    internal static SweepHeader Noted(SweepHeader header)
    {
        var definition = JsonNode.Parse(header.Definition)!;
        definition[Redis] = true;
        return header with { Definition = definition.ToJsonString() };
    }

    /// <summary>The definition in a file. It is not checked: its worlds and its objective may be unknown here.</summary>
    internal static Sweep DefinitionOf(SweepHeader header)
    {
        if (header.Kind != SweepHeader.Sweep)
            throw new InputException($"{header.Id} is an ensemble, not a sweep. Open it with Ensemble.Open.");
        using var json = JsonDocument.Parse(header.Definition);
        return SweepJson.Read(json.RootElement.GetProperty("sweep").GetRawText(), json.RootElement.GetProperty("folder").GetString(),
            isChecked: true);
    }
}
